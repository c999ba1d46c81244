/** What showing packs needs besides the packs: a code for every project, kept for ever, and the models. */
import type { Logger } from 'pino';
import type { Pack } from '../../shared/pack.ts';
import type { Documents } from '../documents/documents.ts';
import { alwaysHost, type Link, LinkTable } from './link-table.ts';

/** The links of these packs after those that were issued; what is new is kept, as far as the storage takes it. */
export const linksOf = async (packs: readonly Pack[], issued: readonly Link[], linkHosts: readonly string[], documents: Documents, log: Logger): Promise<LinkTable> => {
  const links = new LinkTable(packs, issued, new Set([alwaysHost, ...linkHosts, ...packs.flatMap((p) => p.hosts)]));
  if (links.all().length !== issued.length) await documents.write('links', links.all()).catch((error: unknown) => log.warn({ err: error }, 'the links could not be kept'));
  return links;
};
