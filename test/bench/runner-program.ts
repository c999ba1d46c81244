/** Runs one figure in a process of its own, so that no figure inherits another's heap, and tells its lines. */

import type { Setting } from './figure.ts';
import { figures } from './figures.ts';
import { given, serve } from './program.ts';

const { name, setting } = given<{ name: keyof typeof figures; setting: Setting }>();
serve(null, { run: () => figures[name](setting).catch((error: unknown) => ({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })) });
