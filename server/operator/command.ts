/** What every operator command is: a name, a line of help, and a run that answers with an exit code. */
import { parseArgs } from 'node:util';

export const exit = { ok: 0, failed: 1, usage: 2, /** a hub, or another command, has the data folder; as the hub itself ends then */ locked: 73 } as const;

/** Where a command writes: results to `out`, progress and errors to `err`. */
export type Console = { out(line: string): void; err(line: string): void; env: { readonly [name: string]: string | undefined } };

export type Command = {
  name: string;
  usage: string;
  about: string;
  run(args: readonly string[], console: Console): Promise<number>;
};

/** The command was called wrongly; told in one line with the usage, exit code 2. */
export class UsageFault extends Error {}

/** The command could not do its work; told in one line, exit code 1. */
export class CommandFault extends Error {}

type Options = { readonly [name: string]: { readonly type: 'string' | 'boolean' } };
export type Values<O extends Options> = { [N in keyof O]?: O[N]['type'] extends 'string' ? string : boolean };

/** The options and positional arguments. Throws `UsageFault` for one that the command does not know. */
export const readArgs = <const O extends Options>(args: readonly string[], options: O, positionals = 0): { values: Values<O>; positionals: string[] } => {
  let read: { values: object; positionals: string[] };
  try {
    read = parseArgs({ options, args: [...args], strict: true, allowPositionals: true });
  } catch (error) {
    // Node's own text names the option; only its first sentence is for people
    throw new UsageFault((error as Error).message.split('. ')[0] as string);
  }
  if (read.positionals.length !== positionals) throw new UsageFault(positionals === 0 ? `unexpected ${read.positionals[0]}` : 'an argument is missing, or there is one too many');
  return { values: read.values as Values<O>, positionals: read.positionals };
};

/** A whole number of an option within its limits. Throws `UsageFault`. */
export const wholeOf = (name: string, text: string | undefined, otherwise: number, from: number, to: number): number => {
  if (text === undefined) return otherwise;
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < from || n > to) throw new UsageFault(`--${name} must be a whole number from ${from} to ${to}`);
  return n;
};
