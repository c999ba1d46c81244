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

const ask = askOver(window.fetch.bind(window));
const nowMs = signal(Date.now());
const page = { ask, session: openSession(ask), language: openLanguage(storage(), document.documentElement), nowMs };

window.setInterval(() => {
  nowMs.value = Date.now();
}, tickMs);
render(<OrganiserPage page={page} />, document.getElementById('page') as HTMLElement);
