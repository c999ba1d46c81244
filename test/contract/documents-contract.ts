/** What every document store promises, whatever it is made of. */
import { expect, it } from 'vitest';
import type { Documents } from '../../server/documents/documents.ts';
import { faultCode } from '../journal/open-journal.ts';

export const documentsContract = (make: () => Promise<Documents>): void => {
  it('knows a missing document from an empty one', async () => {
    const documents = await make();
    expect(await documents.read('a')).toEqual({ status: 'missing' });
    for (const value of [null, 0, false, '', [], {}]) {
      await documents.write('a', value);
      expect(await documents.read('a')).toEqual({ status: 'ok', value, from: 'main' });
    }
    await documents.close();
  });

  it('keeps documents apart', async () => {
    const documents = await make();
    await documents.write('a', { n: 1 });
    await documents.write('a-b', { n: 2 });
    expect([await documents.read('a'), await documents.read('a-b')]).toMatchObject([{ value: { n: 1 } }, { value: { n: 2 } }]);
    await documents.close();
  });

  it('takes the value as it is at the call, and gives out copies', async () => {
    const documents = await make();
    const value = { list: ['參觀'] };
    const writing = documents.write('a', value);
    value.list.push('later');
    await writing;
    const read = await documents.read('a');
    expect(read).toEqual({ status: 'ok', value: { list: ['參觀'] }, from: 'main' });
    (read as unknown as { value: { list: string[] } }).value.list.push('changed');
    expect(await documents.read('a')).toMatchObject({ value: { list: ['參觀'] } });
    await documents.close();
  });

  it('reads the newest of many writes', async () => {
    const documents = await make();
    const all = Array.from({ length: 50 }, (_, n) => documents.write('a', n));
    expect(await documents.read('a')).toMatchObject({ value: 49 });
    await Promise.all(all);
    await documents.close();
  });

  it.each(['', 'A', 'a.b', '../a', 'a/b', 'a\0', 'é', 'x'.repeat(65), '__proto__'])('refuses the name %j', async (name) => {
    const documents = await make();
    expect([await faultCode(documents.write(name, 1)), await faultCode(documents.read(name))]).toEqual(['bad_name', 'bad_name']);
    await documents.close();
  });

  it('refuses what JSON does not hold, and __proto__ keys at any depth', async () => {
    const documents = await make();
    const loop: { self?: unknown } = {};
    loop.self = loop;
    for (const value of [undefined, () => 1, 1n, loop, JSON.parse('{"a":[{"__proto__":{"role":"admin"}}]}')])
      expect(await faultCode(documents.write('a', value))).toBe('bad_value');
    await documents.write('a', { text: '"__proto__"', say: '__proto__' });
    expect(await documents.read('a')).toMatchObject({ value: { text: '"__proto__"', say: '__proto__' } });
    await documents.close();
  });

  it('refuses everything once it is closed', async () => {
    const documents = await make();
    await documents.write('a', 1);
    await documents.close();
    expect([await faultCode(documents.write('a', 2)), await faultCode(documents.read('a'))]).toEqual(['closed', 'closed']);
  });
};
