/** The operator's commands as a process, `npm run hub -- <command>`. */
import { exit } from './command.ts';
import { runCommand } from './run-command.ts';

// a reader that has seen enough, such as head, is no fault
process.stdout.on('error', () => process.exit(exit.failed));
const write = (stream: NodeJS.WriteStream, line: string): void => void stream.write(`${line}\n`);
// the process ends by itself once the pipes are empty: process.exit would cut off what a slow reader has not taken
process.exitCode = await runCommand(process.argv.slice(2), { out: (line) => write(process.stdout, line), err: (line) => write(process.stderr, line), env: process.env });
