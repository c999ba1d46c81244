/** Finds the command, runs it, and turns every fault into one line and an exit code. */
import { SettingFault } from '../config.ts';
import { JournalFault } from '../journal/journal.ts';
import { DatabaseFault } from '../postgres/pool.ts';
import { backup } from './backup.ts';
import { type Command, CommandFault, type Console, exit, UsageFault } from './command.ts';
import { importOutbox } from './import-outbox.ts';
import { move } from './move.ts';
import { packCheck } from './pack-check.ts';
import { repair } from './repair.ts';
import { restore } from './restore.ts';
import { simulate } from './simulate.ts';
import { totals } from './totals.ts';
import { verify } from './verify.ts';

const COMMANDS: readonly Command[] = [verify, totals, backup, restore, importOutbox, repair, move, packCheck, simulate];

const help = (): string[] => [
  'usage: npm run hub -- <command>',
  '',
  ...COMMANDS.flatMap((c) => [`  ${c.usage}`, `      ${c.about}`]),
  '',
  'exit codes: 0 done, 1 failed, 2 called wrongly, 73 the data folder is in use',
];

/** The fault as one line and the exit code it stands for. */
const explain = (error: unknown, command: Command): { line: string; code: number } => {
  if (error instanceof UsageFault) return { line: `${error.message}; see: npm run hub -- ${command.name} --help`, code: exit.usage };
  if (error instanceof SettingFault) return { line: error.message, code: exit.usage };
  if (error instanceof JournalFault && error.code === 'locked')
    return { line: `a hub, or another command, uses the data folder (DATA_DIR); stop it before ${command.name}`, code: exit.locked };
  if (error instanceof CommandFault || error instanceof JournalFault || error instanceof DatabaseFault) return { line: error.message, code: exit.failed };
  return { line: `${command.name} failed: ${error instanceof Error ? error.message : String(error)}`, code: exit.failed };
};

/** Runs one command line, such as `['move', '--to', 'folder']`; answers the exit code. Never throws. */
export const runCommand = async ([name, ...args]: readonly string[], console: Console): Promise<number> => {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    for (const line of help()) (name === undefined ? console.err : console.out)(line);
    return name === undefined ? exit.usage : exit.ok;
  }
  const command = COMMANDS.find((c) => c.name === name);
  if (!command) {
    console.err(`harbourlight: there is no command ${name}; see: npm run hub -- help`);
    return exit.usage;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.out(`usage: npm run hub -- ${command.usage}`);
    console.out(command.about);
    return exit.ok;
  }
  try {
    return await command.run(args, console);
  } catch (error) {
    const { line, code } = explain(error, command);
    console.err(`harbourlight: ${line}`);
    return code;
  }
};
