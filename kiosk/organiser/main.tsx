/** The organiser page's start: the only place here that reaches for the clock, the network and the storage. */
import '../ui/no-eval.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import '../ui/tokens.css';
import '../ui/ops.css';
import '../ui/desk.css';
import './organiser.css';
import { askOver } from '../ui/api.ts';
import { openLanguage } from '../ui/language.ts';
import { openSession } from '../ui/session.ts';
import { OrganiserPage } from './organiser-page.tsx';

const tickMs = 1_000;

const storage = (): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    return null; // closed to this page: the language is not remembered
  }
};

const fetch = window.fetch.bind(window);
const ask = askOver(fetch);
const saving = {
  fetch,
  newId: () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, '0')).join(''),
  every: (ms: number, run: () => void) => {
    const timer = window.setInterval(run, ms);
    return () => window.clearInterval(timer);
  },
};
const nowMs = signal(Date.now());
const page = { ask, session: openSession(ask), language: openLanguage(storage(), document.documentElement), saving, nowMs };

window.setInterval(() => {
  nowMs.value = Date.now();
}, tickMs);
render(<OrganiserPage page={page} />, document.getElementById('page') as HTMLElement);
