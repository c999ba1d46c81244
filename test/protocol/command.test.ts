/** The hub's schema of a command and the kiosk's reader agree on every value. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommand } from '../../shared/command.ts';
import { commandSchema } from '../../shared/wire.ts';

const field = fc.oneof(
  fc.string({ maxLength: 220 }),
  fc.constantFrom('rtatss', 'Not A Slug', '', 'x'.repeat(201)),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.constant(undefined),
);
const command = fc.record(
  {
    kind: fc.constantFrom('notice', 'spotlight', 'attract', 'reload', 'pause', 'identify', 'picture', 'emergency', 'theme', 'dance', 7, '__proto__'),
    text: field,
    project: field,
    on: field,
    theme: fc.oneof(field, fc.constantFrom('day', 'night')),
    extra: field,
  },
  { requiredKeys: ['kind'] },
);

test('[W2] what the hub may send is exactly what a kiosk reads', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: command }, fc.anything()), (raw) => {
      const parsed = commandSchema.safeParse(raw);
      expect(readCommand(raw)).toEqual(parsed.success ? parsed.data : null);
    }),
    { numRuns: 3_000 },
  );
});
