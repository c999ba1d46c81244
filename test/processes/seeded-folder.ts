/** A data folder that already knows an administrator's token and so many kiosks, so that a test need not pair each; and what its journal holds. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '../../server/access/secrets.ts';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import { openJournal } from '../../server/open-storage.ts';

export const showcase = 'smart-hong-kong-pavilion';
export const adminToken = 'processes-admin-token-0123456789abcdef';
export const kioskToken = (i: number): string => `processes-kiosk-token-${i}-0123456789abcdef`;
export const randomId = (): string => randomBytes(16).toString('base64url');

/** A folder under the system's temporary one, and how to remove it. */
export const temporaryFolder = (name: string): { dir: string; remove(): void } => {
  const dir = mkdtempSync(path.join(tmpdir(), `harbourlight-${name}-`));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

/** Writes the accounts and devices of `kiosks` kiosks into an empty data folder. */
export const seedFolder = async (dataDir: string, kiosks: number): Promise<void> => {
  const documents = await LowDocuments.open({ files: nodeFileSystem, folder: path.join(dataDir, 'documents') });
  await nodeFileSystem.makeFolder(path.join(dataDir, 'documents'));
  await documents.write('register', {
    accounts: [{ name: 'admin', role: 'admin', salt: 'unused', hash: 'unused' }],
    tokens: [{ id: 'admin-token', name: 'tests', role: 'admin', tokenHash: sha256(adminToken) }],
    devices: Array.from({ length: kiosks }, (_, i) => ({
      id: `kiosk-${i}`,
      kind: 'kiosk',
      name: `kiosk ${i}`,
      showcase,
      zone: 'living',
      point: null,
      tokenHash: sha256(kioskToken(i)),
      revoked: false,
    })),
  });
  await documents.close();
};

/** How often each event id is counted in the journal of a folder, read as `verify` reads it, beside a running hub. */
export const countedIds = async (dataDir: string): Promise<Map<string, number>> => {
  const counted = new Map<string, number>();
  const journal = await openJournal(dataDir, Date.now, () => undefined, true);
  try {
    for await (const { entries } of journal.read(0))
      for (const entry of entries) if (entry.kind === 'kiosk.recorded') for (const item of entry.items) if ('kind' in item) counted.set(item.id, (counted.get(item.id) ?? 0) + 1);
  } finally {
    await journal.close();
  }
  return counted;
};
