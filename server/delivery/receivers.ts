/**
 * Where closed versions go. A folder gets one folder a version, complete or not at all; one that is there already is left as it is. A
 * webhook gets one POST with the version's name as its idempotency key: to the configured address alone, no redirect is followed.
 */
import { createHmac } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Closing, deliveryKey } from '../../shared/deliveries.ts';
import { errorCode, nodeFileSystem } from '../journal/file-system.ts';
import type { DeliveryParts } from './package.ts';

/** an answer of a webhook that takes longer is none */
export const webhookMsMax = 30_000;

/** Hands a version over; rejects with why it could not be. Asked again with the same version it hands nothing over twice that it can tell of. */
export type Receiver = (closing: Closing, parts: DeliveryParts, stop: AbortSignal) => Promise<void>;

const writeFileDurably = async (file: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> => {
  const handle = await open(file, 'wx', 0o640);
  try {
    for await (const piece of pieces) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const exists = (folder: string): Promise<boolean> =>
  open(folder, 'r').then(
    async (handle) => {
      await handle.close();
      return true;
    },
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );

/** A receiver into a folder, which must be there. */
export const folderReceiver =
  (folder: string): Receiver =>
  async (closing, { statement, csv, workbook }) => {
    const name = deliveryKey(closing);
    const at = path.join(folder, name);
    if (await exists(at)) return;
    const making = path.join(folder, `.${name}.making`);
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { mode: 0o750 });
    await writeFileDurably(path.join(making, `${name}.xlsx`), workbook);
    await writeFileDurably(path.join(making, `${name}_statement.json`), [Buffer.from(`${JSON.stringify(statement, null, 2)}\n`)]);
    await writeFileDurably(path.join(making, `${name}_canonical.csv`), [Buffer.from(csv)]);
    await nodeFileSystem.syncFolder(making);
    try {
      await rename(making, at);
    } catch (error) {
      // another hub was first
      if (!['EEXIST', 'ENOTEMPTY'].includes(errorCode(error))) throw error;
      await rm(making, { recursive: true, force: true });
    }
    await nodeFileSystem.syncFolder(folder);
  };

/** A receiver that posts to an address. With a secret, `X-Harbourlight-Signature` is the HMAC-SHA256 of the body. */
export const webhookReceiver =
  (url: string, secret: string | null): Receiver =>
  async (closing, { statement, csv, tables }, stop) => {
    const key = deliveryKey(closing);
    const head = JSON.stringify({ delivery: 1, key, ...closing, statement, csv });
    const body = `${head.slice(0, -1)},"export":${tables.trimEnd()}}`;
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.any([stop, AbortSignal.timeout(webhookMsMax)]),
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        ...(secret !== null && { 'X-Harbourlight-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
      },
      body,
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
  };
