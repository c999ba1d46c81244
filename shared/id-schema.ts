/** The schema of an id; apart from `ids`, so that a page makes ids without a schema library. */
import { z } from 'zod';
import { ID } from './patterns.ts';

/** An id as devices make it: URL-safe, 8 to 64 characters. Ours have 22 (128 bits). */
export const idSchema = z.string().regex(ID);
