/** Runs one of the operator's commands in this process, which takes a tenth of the time; what the process itself adds is tested with runOperator. */
import { runCommand } from '../../server/operator/run-command.ts';
import type { Env } from '../hub/hub-process.ts';

/** Its exit code and what it said, without lines of progress, which a busy machine alone makes. */
export const operate = async (args: readonly string[], env: Env): Promise<{ code: number; out: string; err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, { env, out: (line) => out.push(line), err: (line) => err.push(line) });
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return { code, out: text(out), err: text(err.filter((line) => !/^[a-z ]+: \d+ %/.test(line))) };
};
