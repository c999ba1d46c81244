/** Every figure by its name, in the order in which they run. */
import { ack50, ack500, ackOpen, backlog } from './ack.ts';
import { append } from './append.ts';
import { comeBack } from './come-back.ts';
import { exports } from './exports.ts';
import { fanout } from './fanout.ts';
import type { Figure } from './figure.ts';
import { firstLoad } from './first-load.ts';
import { hill } from './hill.ts';
import { model, viewer } from './model.ts';
import { qr } from './qr.ts';
import { redirect } from './redirect.ts';
import { replay } from './replay.ts';
import { store } from './store.ts';

export const figures = {
  'ack-50': ack50,
  'ack-500': ack500,
  'ack-open': ackOpen,
  backlog,
  'come-back': comeBack,
  append,
  store,
  replay,
  exports,
  redirect,
  qr,
  fanout,
  'first-load': firstLoad,
  hill,
  model,
  viewer,
} as const satisfies { [name: string]: Figure };
