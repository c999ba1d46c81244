/**
 * Who and what may talk to the hub: accounts, API tokens and devices, held in memory, written to the journal and then to their documents.
 * The journal is asked first at start, so that a lost or damaged document loses nobody's access and no device. What another hub of the
 * same store changed comes in by the journal too.
 */
import { z } from 'zod';
import { DEVICE_KINDS, ROLES, type Role } from '../../shared/roles.ts';
import type { Documents } from '../documents/documents.ts';
import { withNumbers } from './kiosk-numbers.ts';
import { type PassphraseHash, sha256 } from './secrets.ts';

export const accountsMax = 500;
export const tokensMax = 500;
export const devicesMax = 5_000;

const accountSchema = z.object({ name: z.string(), role: z.enum(ROLES), salt: z.string(), hash: z.string() });
const tokenSchema = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES), tokenHash: z.string(), readOnly: z.boolean().default(false) });
const deviceSchema = z.object({
  id: z.string(),
  kind: z.enum(DEVICE_KINDS),
  name: z.string(),
  showcase: z.string(),
  zone: z.string().nullable(),
  point: z.string().nullable(),
  tokenHash: z.string(),
  revoked: z.boolean(),
  /** kiosks of one group are told together */
  group: z.string().optional(),
  /** a kiosk's, within its showcase */
  number: z.number().int().positive().optional(),
});
export const registerSchema = z.object({ accounts: z.array(accountSchema), tokens: z.array(tokenSchema), devices: z.array(deviceSchema) });

export type Account = z.infer<typeof accountSchema>;
export type ApiToken = z.infer<typeof tokenSchema>;
export type Device = z.infer<typeof deviceSchema>;

export type RegisterState = z.infer<typeof registerSchema>;
const numbered = (state: RegisterState): RegisterState => ({ ...state, devices: withNumbers(state.devices) });

export const emptyRegister = (): RegisterState => ({ accounts: [], tokens: [], devices: [] });

/** Records the state that `make` answers, from what it is when its turn comes; null records nothing. False when it could not be stored. */
export type SaveRegister = (make: () => RegisterState | null) => Promise<boolean>;
/** A device that is new or other than it was. */
export type DeviceChange = { device: Device; before: Device | undefined };

export class Register {
  #state: RegisterState;
  readonly #documents: Documents;
  readonly #save: SaveRegister;
  #byToken = new Map<string, Device | ApiToken>();
  #byId = new Map<string, Device>();

  constructor(state: RegisterState, documents: Documents, save: SaveRegister) {
    this.#state = numbered(state);
    this.#documents = documents;
    this.#save = save;
    this.#index();
  }

  get accounts(): readonly Account[] {
    return this.#state.accounts;
  }

  get devices(): readonly Device[] {
    return this.#state.devices;
  }

  get tokens(): readonly ApiToken[] {
    return this.#state.tokens;
  }

  account(name: string): Account | undefined {
    return this.#state.accounts.find((a) => a.name === name);
  }

  device(id: string): Device | undefined {
    return this.#byId.get(id);
  }

  /** The device or API token that a secret belongs to. */
  holder(secret: string): Device | ApiToken | undefined {
    return this.#byToken.get(sha256(secret));
  }

  /** False when it could not be stored, or the name is taken: then nothing has changed. */
  async addAccount(name: string, role: Role, hash: PassphraseHash): Promise<boolean> {
    const account = { name, role, ...hash };
    await this.#change((s) => (s.accounts.some((a) => a.name === name) ? null : { ...s, accounts: [...s.accounts, account] }));
    return this.account(name)?.hash === hash.hash;
  }

  addToken(token: ApiToken): Promise<boolean> {
    return this.#change((s) => ({ ...s, tokens: [...s.tokens, token] }));
  }

  /** From then on the token opens nothing. */
  removeToken(id: string): Promise<boolean> {
    return this.#change((s) => ({ ...s, tokens: s.tokens.filter((t) => t.id !== id) }));
  }

  addDevice(device: Device): Promise<boolean> {
    return this.#change((s) => ({ ...s, devices: [...s.devices, device] }));
  }

  changeDevice(id: string, change: Partial<Pick<Device, 'name' | 'showcase' | 'zone' | 'point' | 'revoked' | 'group'>>): Promise<boolean> {
    return this.#change((s) => ({
      ...s,
      devices: s.devices.map((d) => (d.id === id ? { ...d, ...change, ...((change.showcase ?? d.showcase) !== d.showcase && { number: undefined }) } : d)),
    }));
  }

  /** Takes in what the journal says; answers which devices are other than before. A state that this version can't read is left aside. */
  adopt(value: unknown): DeviceChange[] {
    const parsed = registerSchema.safeParse(value);
    if (!parsed.success) return [];
    const before = this.#byId;
    this.#state = numbered(parsed.data);
    this.#index();
    return this.#state.devices.flatMap((device) => {
      const was = before.get(device.id);
      return JSON.stringify(was) === JSON.stringify(device) ? [] : [{ device, before: was }];
    });
  }

  /** One change after the other. Each is made of what the register is when its turn in the journal comes, and comes back through `adopt`. */
  #turn: Promise<unknown> = Promise.resolve();
  #change(change: (state: RegisterState) => RegisterState | null): Promise<boolean> {
    const run = this.#turn.then(async () => {
      const save = (): RegisterState | null => {
        const next = change(this.#state);
        return next && numbered(next);
      };
      if (!(await this.#save(save))) return false;
      // the journal has it: a document that can't be written now is written at the next change or start
      await this.#documents.write('register', this.#state).catch(() => undefined);
      return true;
    });
    this.#turn = run.catch(() => undefined);
    return run;
  }

  #index(): void {
    this.#byId = new Map(this.#state.devices.map((d) => [d.id, d]));
    this.#byToken = new Map([...this.#state.tokens, ...this.#state.devices].map((x) => [x.tokenHash, x]));
  }
}
