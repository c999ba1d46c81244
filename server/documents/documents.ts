/**
 * Documents: small things that are replaced as a whole (accounts, devices, checkpoints). They hold no count: every one can be made anew from
 * the journal. A read never makes up a value: what can't be believed is `corrupt`, not empty. Implementations: LowDocuments, MemoryDocuments.
 */

/** the longest document, as JSON */
export const documentBytesMax = 64 << 20;
/** how many names one store takes */
export const documentsMax = 4_096;

export type DocumentRead =
  | { status: 'ok'; value: unknown /** `backup`: the newest file couldn't be believed, this is the one before */; from: 'main' | 'backup' }
  | { status: 'missing' }
  | { status: 'corrupt'; detail: string };

export type DocumentFaultCode = 'bad_name' | 'bad_value' | 'too_large' | 'too_many' | 'corrupt' | 'read_only' | 'storage_full' | 'storage_failed' | 'closed';

export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';
  readonly code: DocumentFaultCode;

  constructor(code: DocumentFaultCode, message: string, more: { cause?: unknown } = {}) {
    super(message, more);
    this.code = code;
  }
}

export interface Documents {
  /** Reads after the writes that were asked for before. Rejects with a DocumentFault if the name is bad or the disk can't be read. */
  read(name: string): Promise<DocumentRead>;
  /**
   * Replaces the document; the value is taken as it is at the call. Resolves once it, or a newer one written meanwhile, is durable. Rejects
   * with a DocumentFault, and then the old document or, if only the last sync failed, the new one is there.
   */
  write(name: string, value: unknown): Promise<void>;
  /** Waits for running writes, then takes no more. */
  close(): Promise<void>;
}

/** Bytes by name beside the documents, for what is large and can be made anew. Nothing is checked: who reads them knows their hash. */
export interface Blobs {
  /** The bytes, in memory of their own; null where there are none or the disk can't read them. */
  readBytes(name: string): Promise<Uint8Array | null>;
  /** Replaces them; resolves once they are durable. Rejects with a DocumentFault, and then there may be none. */
  writeBytes(name: string, bytes: Uint8Array): Promise<void>;
}

const NAME = /^[a-z0-9-]{1,64}$/;

/** Throws `bad_name` unless the name is 1 to 64 of a-z, 0-9 and hyphen. */
export const checkName = (name: string): void => {
  if (!NAME.test(name)) throw new DocumentFault('bad_name', 'a document is named by 1 to 64 of a-z, 0-9 and hyphen');
};

/** The value as JSON text. Throws `bad_value` for what JSON can't hold or a `__proto__` key, `too_large`. */
export const encodeValue = (value: unknown): string => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new DocumentFault('bad_value', 'the value of a document is not JSON', { cause });
  }
  if (text === undefined) throw new DocumentFault('bad_value', 'the value of a document is not JSON');
  if (Buffer.byteLength(text) > documentBytesMax) throw new DocumentFault('too_large', `a document is at most ${documentBytesMax} bytes of JSON`);
  if (text.includes('"__proto__"')) refuseProto(value);
  return text;
};

/** Parses JSON text. Throws a SyntaxError, or `bad_value` for a `__proto__` key. */
export const decodeValue = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  // an escaped key looks different in the text, so any escaped ASCII letter or underscore makes it worth a look
  if (text.includes('"__proto__"') || /\\u00[567]/i.test(text)) refuseProto(value);
  return value;
};

/** Walks with a list of its own, because a deep value would overflow the stack. */
const refuseProto = (value: unknown): void => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const v = waiting.pop();
    if (typeof v !== 'object' || v === null) continue;
    if (Object.hasOwn(v, '__proto__')) throw new DocumentFault('bad_value', 'a document has no key __proto__');
    for (const inner of Object.values(v)) if (typeof inner === 'object' && inner !== null) waiting.push(inner);
  }
};
