/** What a new alert does besides being shown: a sound where somebody asked for it, a buzz on a phone. Remembered on this device. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AlertLevel } from '../../shared/alerts.ts';
import type { Feed } from './feed.ts';

const soundKey = 'harbourlight.staff.sound';
const toneMs = { red: [880, 660, 880], amber: [660] } as const;
const toneSeconds = 0.18;
const buzzMs = { red: [300, 120, 300, 120, 300], amber: [200] } as const;

export type Alarm = {
  on: ReadonlySignal<boolean>;
  toggle(): void;
  sound(level: AlertLevel): void;
};
type Parts = {
  storage: Storage | null;
  /** null: this browser has no sound */
  audio(): AudioContext | null;
  vibrate(pattern: readonly number[]): void;
};

/** The alarm of this device. A browser sounds only after its user touched the page; switching it on is that touch. */
export const openAlarm = ({ storage, audio, vibrate }: Parts): Alarm => {
  const on = signal(storage?.getItem(soundKey) === 'on');
  let context: AudioContext | null = null;
  const play = (level: AlertLevel): void => {
    context ??= audio();
    if (!context) return;
    void context.resume();
    toneMs[level].forEach((hertz, i) => {
      if (!context) return;
      const at = context.currentTime + i * toneSeconds * 1.3;
      const [tone, gain] = [context.createOscillator(), context.createGain()];
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.2, at);
      gain.gain.exponentialRampToValueAtTime(0.001, at + toneSeconds);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + toneSeconds);
    });
  };
  return {
    on,
    toggle: () => {
      on.value = !on.value;
      storage?.setItem(soundKey, on.value ? 'on' : 'off');
      if (on.value) play('amber');
    },
    sound: (level) => {
      vibrate(buzzMs[level]);
      if (on.value) play(level);
    },
  };
};

/** Sounds for every alert that is raised or becomes worse while this page watches. */
export const useAlarm = (alarm: Alarm, feed: Feed): void => {
  const news = feed.raised.value;
  useEffect(() => {
    if (news && news.level !== 'clear') alarm.sound(news.level);
  }, [news]);
};
