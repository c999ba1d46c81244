/** A picture that the graphics card was late with is drawn once more; the card is played here, and the clock is turned by hand. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Finish } from '../../kiosk/stage/finish.ts';

const card = () => {
  const gl = {
    done: false,
    lost: false,
    syncs: 0,
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    SYNC_STATUS: 2,
    SIGNALED: 3,
    fenceSync: () => {
      gl.syncs++;
      return {};
    },
    deleteSync: () => void gl.syncs--,
    getSyncParameter: () => (gl.done ? gl.SIGNALED : 0),
    isContextLost: () => gl.lost,
  };
  return gl;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[M4] a card that was late is told of once it is done, one that kept up is not', () => {
  const gl = card();
  const finish = new Finish(gl, () => Date.now());
  const late = vi.fn();
  finish.watch(late);
  vi.advanceTimersByTime(5_000);
  expect([late.mock.calls.length, finish.due]).toEqual([0, true]);
  gl.done = true;
  vi.advanceTimersByTime(1_000);
  expect([late.mock.calls.length, finish.due, gl.syncs]).toEqual([1, false, 0]);
  finish.watch(late);
  vi.advanceTimersByTime(1_000);
  expect([late.mock.calls.length, finish.due, gl.syncs]).toEqual([1, false, 0]);
});

test('what moves meanwhile, and a context that is lost, take the question back', () => {
  const gl = card();
  const finish = new Finish(gl, () => Date.now());
  const late = vi.fn();
  finish.watch(late);
  finish.watch(late);
  expect(gl.syncs).toBe(1);
  finish.forget();
  expect(gl.syncs).toBe(0);
  finish.watch(late);
  vi.advanceTimersByTime(1_000);
  gl.lost = true;
  vi.advanceTimersByTime(1_000);
  expect(finish.due).toBe(false);
  finish.watch(late);
  expect(finish.due).toBe(false);
  vi.advanceTimersByTime(5_000);
  expect(late).not.toHaveBeenCalled();
});
