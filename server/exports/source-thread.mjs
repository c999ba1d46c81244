/** The thread of an export from its sources, for `npm run dev` and tests: a thread does not inherit how its process reads TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./export-thread.ts');
