/** `big-journal-program FOLDER EVENTS`: writes a big journal and its accounts into an empty data folder. */
import { writeBigJournal } from './big-journal.ts';
import { seedFolder } from './seeded-folder.ts';

const [folder = '', events = '1000000'] = process.argv.slice(2);
await seedFolder(folder, 40);
const sinceMs = performance.now();
const entries = await writeBigJournal(folder, Number(events));
process.stdout.write(`${events} events in ${entries} entries, ${Math.round(performance.now() - sinceMs)} ms\n`);
