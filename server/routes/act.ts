/** An act of a person in a showcase: who may, which showcase, one entry of the journal, 201 once it is durable. */
import type { Context } from 'hono';
import type { Entry } from '../../shared/entry.ts';
import type { Pack } from '../../shared/pack.ts';
import type { Capability } from '../../shared/roles.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed } from './ask.ts';
import { actorOf, type HubEnv } from './env.ts';
import { Refused } from './problem.ts';

export const actsOf = ({ library, recorder }: HubParts) => {
  const packOf = (c: Context<HubEnv>): Pack => {
    const pack = library.pack(c.req.param('id') ?? '');
    if (!pack) throw new Refused('not_found', 'No such showcase is installed.');
    return pack;
  };

  /** Appends an act of a person and answers 201, or says why not. */
  const act = async (c: Context<HubEnv>, capability: Capability, make: (by: string, pack: Pack) => Promise<Entry>): Promise<Response> => {
    const caller = allowed(c, capability);
    const pack = packOf(c);
    const entry = await make(actorOf(caller), pack);
    const recorded = await recorder.record(() => ({ entry, answer: null }));
    if (!recorded.ok) throw new Refused(recorded.error.code, recorded.error.message, recorded.error);
    return c.json({ ...('id' in entry && { id: entry.id }), position: recorded.position }, 201);
  };
  return { packOf, act };
};
