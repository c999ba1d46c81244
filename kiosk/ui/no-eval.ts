/**
 * Imported before everything else by a page: the shared schemas are then built without trying `new Function`, which the pages' policy forbids
 * and the browser would report as a violation.
 */
import { config } from 'zod/v4/core';

config({ jitless: true });
