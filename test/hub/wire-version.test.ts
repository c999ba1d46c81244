/** The wire's schema is fingerprinted: a change fails here until WIRE_VERSION, its history line and the print below are raised together. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../shared/event.ts';
import { commandSchema, KIOSK_ASKS, STAFF_ASKS } from '../../shared/wire.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';

const PRINTS: { [version: number]: string } = {
  1: 'cfb7558d6e0ce5f1',
  2: 'c599f80df02cf63f',
  3: '6369eb132fa2c4b0',
  4: '6369eb132fa2c4b0',
  5: '0d20d3bcd3779a60',
  6: '0d20d3bcd3779a60',
  7: '93a189349b364051',
  8: 'be6d5fb2553d9584',
  9: 'be6d5fb2553d9584',
};

test('[W1] what may be said over the wire changes only with its version', () => {
  const schemas = [...Object.entries(KIOSK_ASKS), ...Object.entries(STAFF_ASKS)].map(([event, ask]) => [event, ask.capability, z.toJSONSchema(ask.schema, { io: 'input' })]);
  const print = createHash('sha256')
    .update(JSON.stringify([schemas, z.toJSONSchema(eventSchema, { io: 'input' }), z.toJSONSchema(commandSchema, { io: 'input' })]))
    .digest('hex');
  expect(print.slice(0, 16)).toBe(PRINTS[WIRE_VERSION]);
  expect(readFileSync(path.resolve(import.meta.dirname, '../../shared/wire-version.ts'), 'utf8')).toMatch(new RegExp(`^/\\*\\* ${WIRE_VERSION}: `, 'm'));
});
