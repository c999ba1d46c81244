/** What the export routes take: the attendance query of the contract with the formats of whole exports, and the queries of statements and versions. */
import { z } from 'zod';
import { daySchema } from './pack.ts';
import { attendanceQuery } from './paths.ts';
import { TABLE_KEYS } from './report/table.ts';
import { langSchema } from './text-schema.ts';

/** rows of a table that may be asked for without all of them */
export const previewRowsMost = 500;

const onOff = z.enum(['on', 'off']);
const dayOrInstant = z.union([daySchema, z.iso.datetime({ offset: true })]);

/** `format=zip`, and `xlsx` and `json` without `by`, are of everything; `xlsx` with `by` is that table with its cover and method. `raw=on` adds every reading to a workbook, `raw=off` leaves it out of a zip. */
export const exportQuery = attendanceQuery.extend({
  format: z.enum(['json', 'csv', 'xlsx', 'zip']).optional(),
  lang: z.enum(['zh-HK', 'zh-CN', 'en', 'both']).default('zh-HK'),
  /** only these tables, comma separated; without it all */
  tables: z
    .string()
    .regex(/^[a-z]+(,[a-z]+)*$/)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(TABLE_KEYS)).max(TABLE_KEYS.length))
    .optional(),
  raw: onOff.optional(),
  guard: onOff.default('on'),
  /** at most so many rows of each table, for a look at it: of `format=json` alone; `rowCount` tells how many there are */
  rows: z.coerce.number().int().min(1).max(previewRowsMost).optional(),
});
export const statementQuery = z.strictObject({
  from: dayOrInstant.optional(),
  to: dayOrInstant.optional(),
  lang: langSchema.default('zh-HK'),
  format: z.enum(['json', 'html']).default('json'),
});
export const rangeReportQuery = z.strictObject({ from: dayOrInstant.optional(), to: dayOrInstant.optional(), lang: langSchema.default('zh-HK') });
export const comparisonQuery = z.strictObject({ from: daySchema, to: daySchema, withFrom: daySchema, withTo: daySchema });
export const differenceQuery = z.strictObject({ with: z.coerce.number().int().min(1).max(10_000) });
