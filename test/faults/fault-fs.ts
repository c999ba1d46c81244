/**
 * A file system in memory that remembers what was synced and what wasn't. `cut` is a power cut: what was synced is kept, of the rest a
 * random beginning, which may end in garbage. `failAt` makes the N-th operation fail, `stopAt` cuts the power there. As on Linux, pages
 * that a failed sync didn't write count as clean: the next sync says yes and they never reach the disk.
 */
import type { FileSystem, OpenFile, OpenMode } from '../../server/journal/file-system.ts';

type Change = { kind: 'write'; at: number; bytes: Buffer } | { kind: 'truncate'; bytes: number };
type Inode = { now: Buffer; durable: Buffer; pending: Change[] };
type Names = Map<string, Inode>;
type NameChange = (names: Names) => void;

/** `short`: a write takes half of its bytes, another operation says ENOSPC. */
export type Failure = 'ENOSPC' | 'EIO' | 'EROFS' | 'EMFILE' | 'short';
export type Operation = 'open' | 'create' | 'read' | 'write' | 'truncate' | 'datasync' | 'list' | 'rename' | 'remove' | 'makeFolder' | 'syncFolder';

const systemError = (code: string, doing: string): Error => Object.assign(new Error(`${code}: ${doing}`), { code });

/** mulberry32: a small seeded generator of numbers in [0, 1). */
export const seeded = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const changed = (content: Buffer, change: Change): Buffer => {
  if (change.kind === 'truncate') {
    if (change.bytes <= content.length) return Buffer.from(content.subarray(0, change.bytes));
    return Buffer.concat([content, Buffer.alloc(change.bytes - content.length)]);
  }
  const out = Buffer.alloc(Math.max(content.length, change.at + change.bytes.length));
  content.copy(out);
  change.bytes.copy(out, change.at);
  return out;
};

const MUTATING: ReadonlySet<Operation> = new Set(['create', 'write', 'truncate', 'rename', 'remove', 'makeFolder']);

export class FaultFs implements FileSystem {
  /** operations so far, and their kinds */
  operations = 0;
  readonly log: { op: Operation; path: string }[] = [];
  /** every mutating call says EROFS */
  readOnly = false;
  /** no space: writes and new files fail until it is false again */
  full = false;
  /** awaited inside datasync: a slow disk */
  slow: (() => Promise<void>) | null = null;
  /** nothing fails, stops or counts for now: a test looks at the disk by the product's own means */
  calm = false;
  /** called when an operation begins, before it counts: a test may stop the disk here */
  begins: ((op: Operation, path: string) => void) | null = null;
  /** called when an operation fails because a test asked for it */
  failed: ((failure: Failure, op: Operation) => void) | null = null;
  #names: Names = new Map();
  #durableNames: Names = new Map();
  #nameChanges: NameChange[] = [];
  #failures: { at: number; failure: Failure; only: Operation | null }[] = [];
  #stopAt = Number.POSITIVE_INFINITY;

  /** The N-th operation from now on (1 is the next), of one kind if `only` is given, fails once. */
  failAt(n: number, failure: Failure, only: Operation | null = null): void {
    this.#failures.push({ at: n, failure, only });
  }

  /** The power goes at the N-th operation from now on: it and all later ones reject. */
  stopAt(n: number): void {
    this.#stopAt = this.operations + n;
  }

  /** Nothing that was asked to fail and hasn't yet will. */
  heal(): void {
    this.#failures = [];
    this.#stopAt = Number.POSITIVE_INFINITY;
  }

  get stopped(): boolean {
    return this.operations >= this.#stopAt;
  }

  /** What is there after a power cut, as a new file system. */
  cut(seed: number, garbage = false): FaultFs {
    const random = seeded(seed);
    const after = new FaultFs();
    const names: Names = new Map(this.#durableNames);
    for (const change of this.#nameChanges.slice(0, Math.floor(random() * (this.#nameChanges.length + 1)))) change(names);
    for (const [path, inode] of names) {
      let content = inode.durable;
      const kept = Math.floor(random() * (inode.pending.length + 1));
      for (const [i, change] of inode.pending.entries()) {
        if (i < kept) content = changed(content, change);
        else {
          if (change.kind === 'write') content = changed(content, { ...change, bytes: torn(change.bytes, random, garbage) });
          break;
        }
      }
      after.put(path, content);
    }
    return after;
  }

  /** What is there after the process was killed: everything it wrote, synced or not. */
  kill(): FaultFs {
    const after = new FaultFs();
    const copies = new Map<Inode, Inode>();
    const copy = (inode: Inode): Inode => {
      // contents are replaced, never changed in place
      const c = copies.get(inode) ?? { now: inode.now, durable: inode.durable, pending: [...inode.pending] };
      copies.set(inode, c);
      return c;
    };
    for (const [path, inode] of this.#names) after.#names.set(path, copy(inode));
    for (const [path, inode] of this.#durableNames) after.#durableNames.set(path, copy(inode));
    // name changes that weren't synced hold the old inodes; a later sync of the folder makes the names of now durable
    return after;
  }

  paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** A file's content, without counting as an operation. */
  get(path: string): Buffer {
    const inode = this.#names.get(path);
    if (!inode) throw systemError('ENOENT', path);
    return Buffer.from(inode.now);
  }

  /** Puts a durable file there, without counting as an operation. */
  put(path: string, content: Uint8Array): void {
    // contents are replaced, never changed in place, so one copy serves both
    const copy = Buffer.from(content);
    const inode = { now: copy, durable: copy, pending: [] };
    this.#names.set(path, inode);
    this.#durableNames.set(path, inode);
  }

  /** Takes a file away, durably, without counting as an operation. */
  take(path: string): void {
    this.#names.delete(path);
    this.#durableNames.delete(path);
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    await this.#step(mode === 'create' ? 'create' : 'open', path);
    if (mode === 'update' && this.readOnly) throw systemError('EROFS', path);
    let inode = this.#names.get(path);
    if (mode === 'create') {
      if (inode) this.#change(inode, { kind: 'truncate', bytes: 0 });
      else {
        const made: Inode = { now: Buffer.alloc(0), durable: Buffer.alloc(0), pending: [] };
        inode = made;
        this.#rename((names) => names.set(path, made));
      }
    }
    if (!inode) throw systemError('ENOENT', path);
    return this.#file(path, inode);
  }

  async list(folder: string): Promise<string[]> {
    await this.#step('list', folder);
    return [...this.#names.keys()].filter((p) => p.startsWith(`${folder}/`) && !p.slice(folder.length + 1).includes('/')).map((p) => p.slice(folder.length + 1));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#step('rename', from);
    const inode = this.#names.get(from);
    if (!inode) throw systemError('ENOENT', from);
    this.#rename((names) => {
      // a name that never became durable has nothing to move
      names.set(to, inode);
      names.delete(from);
    });
  }

  async remove(path: string): Promise<void> {
    await this.#step('remove', path);
    if (!this.#names.has(path)) throw systemError('ENOENT', path);
    this.#rename((names) => names.delete(path));
  }

  async makeFolder(folder: string): Promise<void> {
    await this.#step('makeFolder', folder);
  }

  async syncFolder(folder: string): Promise<void> {
    await this.#step('syncFolder', folder);
    this.#durableNames = new Map(this.#names);
    this.#nameChanges = [];
  }

  #rename(change: NameChange): void {
    change(this.#names);
    this.#nameChanges.push(change);
  }

  #change(inode: Inode, change: Change): void {
    inode.now = changed(inode.now, change);
    inode.pending.push(change);
  }

  #file(path: string, inode: Inode): OpenFile {
    return {
      read: async (into, at) => {
        await this.#step('read', path);
        return inode.now.copy(into, 0, at, Math.min(inode.now.length, at + into.length));
      },
      write: async (bytes, at) => {
        // what overwrites takes no space
        const short = await this.#step('write', path, at + bytes.length <= inode.now.length);
        const taken = Buffer.from(bytes.subarray(0, short ? bytes.length >> 1 : bytes.length));
        this.#change(inode, { kind: 'write', at, bytes: taken });
        return taken.length;
      },
      truncate: async (bytes) => {
        await this.#step('truncate', path);
        this.#change(inode, { kind: 'truncate', bytes });
      },
      datasync: async () => {
        await this.slow?.();
        try {
          await this.#step('datasync', path);
        } catch (error) {
          if (!this.stopped) inode.pending = [];
          throw error;
        }
        for (const change of inode.pending) inode.durable = changed(inode.durable, change);
        inode.pending = [];
      },
      size: async () => inode.now.length,
      close: async () => undefined,
    };
  }

  /** Counts an operation and lets it fail if it is its turn. Answers true when a write is to be short. */
  async #step(op: Operation, path: string, overwrites = false): Promise<boolean> {
    await Promise.resolve();
    if (this.calm) return false;
    this.begins?.(op, path);
    this.operations++;
    this.log.push({ op, path });
    if (this.stopped) throw systemError('EIO', 'the power is off');
    if (this.readOnly && MUTATING.has(op)) throw systemError('EROFS', path);
    if (this.full && !overwrites && (op === 'write' || op === 'create' || op === 'rename')) throw systemError('ENOSPC', path);
    for (const f of this.#failures) if (f.only === null || f.only === op) f.at--;
    const due = this.#failures.find((f) => f.at === 0 && (f.only === null || f.only === op));
    this.#failures = this.#failures.filter((f) => f.at > 0);
    if (!due) return false;
    this.failed?.(due.failure, op);
    if (due.failure !== 'short') throw systemError(due.failure, `${op} ${path}`);
    if (op === 'write') return true;
    throw systemError('ENOSPC', `${op} ${path}`);
  }
}

/** A beginning of what was being written; with garbage, something else in place of the rest or of a part of it. */
const torn = (bytes: Buffer, random: () => number, garbage: boolean): Buffer => {
  const kept = Math.floor(random() * (bytes.length + 1));
  const head = Buffer.from(bytes.subarray(0, kept));
  if (!garbage) return head;
  const rest = Buffer.alloc(bytes.length - kept);
  if (random() < 0.5) for (let i = 0; i < rest.length; i++) rest[i] = Math.floor(random() * 256);
  // a block in the middle may also come through
  if (random() < 0.5 && rest.length > 4) bytes.copy(rest, rest.length >> 1, kept + (rest.length >> 1));
  return Buffer.concat([head, rest]);
};
