/** The mark that a store carries while `move` fills it: what is in it is not yet everything, so nobody may count on it. */
import type { DocumentRead, Documents } from './documents.ts';

/** the document's name; it stays behind when a store is moved on */
export const moveMark = 'move';
export const unfinishedText = 'a move into this store was cut off and it holds only a part; run the same move again first';

const stateOf = (read: DocumentRead): unknown => (read.status === 'ok' ? (read.value as { state?: unknown } | null)?.state : undefined);

/** Whether a move into this store was begun and not finished. Throws what the documents throw. */
export const moveUnfinished = async (documents: Pick<Documents, 'read'>): Promise<boolean> => stateOf(await documents.read(moveMark)) === 'unfinished';
/** Marks the store as one that is being filled. */
export const beginMove = (documents: Documents): Promise<void> => documents.write(moveMark, { state: 'unfinished' });
/** Marks the store as whole. */
export const endMove = (documents: Documents, position: number, entriesSha256: string): Promise<void> => documents.write(moveMark, { state: 'done', position, entriesSha256 });
