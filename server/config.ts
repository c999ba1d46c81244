/** The settings: environment variables, each checked. A bad one stops the start with one line that names it. */
import path from 'node:path';
import { z } from 'zod';
import { passphraseCharsMin } from '../shared/paths.ts';

/** A setting that can't be used. */
export class SettingFault extends Error {
  readonly setting: string;
  constructor(setting: string, message: string) {
    super(`${setting}: ${message}`);
    this.setting = setting;
  }
}

const host = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
/** the shortest secret that signs deliveries */
const deliverSecretCharsMin = 16;
const isWebhook = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hash === '';
};
const schema = z.object({
  PORT: z.coerce
    .number({ error: 'a port number from 0 to 65535' })
    .int('a port number from 0 to 65535')
    .min(0, 'a port number from 0 to 65535')
    .max(65_535, 'a port number from 0 to 65535')
    .default(8080),
  HOST: z.string().min(1, 'an address to listen on').default('0.0.0.0'),
  DATA_DIR: z.string().min(1, 'a folder').default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/\S+)?$/, 'postgres://user:password@host:port/database, or empty')
    .default(''),
  PUBLIC_ORIGIN: z
    .string()
    .regex(/^(https:\/\/[a-z0-9.-]+(:\d+)?)?$/i, 'an https origin without a path, such as https://go.example.hk, or empty')
    .default(''),
  LINK_HOSTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((h) => h.trim().toLowerCase())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(host, 'host names, comma separated')).max(100, 'at most 100 hosts')),
  ADMIN_PASSPHRASE: z
    .string()
    .refine((p) => p === '' || [...p].length >= passphraseCharsMin, `at least ${passphraseCharsMin} characters, or empty`)
    .default(''),
  DELIVER_TO: z
    .string()
    .refine((to) => to === '' || path.isAbsolute(to) || isWebhook(to), 'the absolute path of a folder, or an http(s) address without a user or password, or empty')
    .default(''),
  DELIVER_SECRET: z
    .string()
    .refine((secret) => secret === '' || secret.length >= deliverSecretCharsMin, `at least ${deliverSecretCharsMin} characters, or empty`)
    .default(''),
  TLS_CERT: z.string().default(''),
  TLS_KEY: z.string().default(''),
  ALERT_WEBHOOK: z
    .string()
    .regex(/^(https?:\/\/[^\s/@]+(\/\S*)?)?$/i, 'an http or https address without a name or password in it, or empty')
    .default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'one of fatal, error, warn, info, debug, silent').default('warn'),
});

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** null: the embedded store in the data folder */
  databaseUrl: string | null;
  publicOrigin: string | null;
  linkHosts: readonly string[];
  adminPassphrase: string | null;
  tls: { certFile: string; keyFile: string } | null;
  /** told of every alert; null: nobody is */
  alertWebhook: string | null;
  /** where closed days are delivered; null: nowhere */
  deliver: { folder: string } | { url: string; secret: string | null } | null;
  logLevel: string;
};

/** The settings from an environment. Throws `SettingFault` for the first bad one. */
export const readConfig = (env: { readonly [name: string]: string | undefined }): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in schema.shape && value !== undefined && !(name === 'PORT' && value === '')));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0] as z.core.$ZodIssue;
    throw new SettingFault(String(issue.path[0]), `must be ${issue.message}`);
  }
  const s = parsed.data;
  if ((s.TLS_CERT === '') !== (s.TLS_KEY === '')) throw new SettingFault(s.TLS_CERT === '' ? 'TLS_CERT' : 'TLS_KEY', 'must be set together with the other, or neither');
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL === '' ? null : s.DATABASE_URL,
    publicOrigin: s.PUBLIC_ORIGIN === '' ? null : s.PUBLIC_ORIGIN.toLowerCase(),
    linkHosts: s.LINK_HOSTS,
    adminPassphrase: s.ADMIN_PASSPHRASE === '' ? null : s.ADMIN_PASSPHRASE,
    tls: s.TLS_CERT === '' ? null : { certFile: s.TLS_CERT, keyFile: s.TLS_KEY },
    alertWebhook: s.ALERT_WEBHOOK === '' ? null : s.ALERT_WEBHOOK,
    deliver: s.DELIVER_TO === '' ? null : path.isAbsolute(s.DELIVER_TO) ? { folder: s.DELIVER_TO } : { url: s.DELIVER_TO, secret: s.DELIVER_SECRET || null },
    logLevel: s.LOG_LEVEL,
  };
};
