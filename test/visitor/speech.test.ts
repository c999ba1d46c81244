/** What is spoken, in which order, by which voice, and which key of which keypad means what. */
import { describe, expect, test } from 'vitest';
import { learnKey, learntMap, padActionOf, readKeyMap, usualKeys } from '../../kiosk/visitor/keypad.ts';
import { recordingOf, recordingsOf } from '../../kiosk/visitor/recordings.ts';
import { type Line, SpeechQueue, usualVolume, type Voice, volumes } from '../../kiosk/visitor/speech.ts';
import { browserVoice, readingMs, voiceFor } from '../../kiosk/visitor/voice.ts';

const line = (text: string): Line => ({ text, lang: 'en' });

/** A voice that says what it is told until the test lets it finish; an interrupted one may still report. */
const fakeVoice = () => {
  const said: string[] = [];
  const loud: number[] = [];
  const finish: (() => void)[] = [];
  let hushed = 0;
  const voice: Voice = {
    say: (l, volume, done) => {
      said.push(l.text);
      loud.push(volume);
      finish.push(done);
    },
    hush: () => {
      hushed++;
    },
  };
  return { voice, said, loud, finish, hushed: () => hushed };
};

describe('[U3] the speech queue', () => {
  test('says lines one after the other and shows each as it is said', () => {
    const fake = fakeVoice();
    const shown: (string | null)[] = [];
    const queue = new SpeechQueue(fake.voice, (l) => shown.push(l?.text ?? null));
    queue.now([line('a'), line(' '), line('b')]);
    queue.after([line('c')]);
    expect(fake.said).toEqual(['a']);
    fake.finish[0]?.();
    fake.finish[1]?.();
    fake.finish[2]?.();
    expect(fake.said).toEqual(['a', 'b', 'c']);
    expect(shown).toEqual(['a', 'b', 'c', null]);
    expect(queue.speaking).toBe(false);
  });

  test('what is new interrupts, and a late report of the old voice changes nothing', () => {
    const fake = fakeVoice();
    const queue = new SpeechQueue(fake.voice, () => undefined);
    queue.now([line('a'), line('b')]);
    queue.now([line('c'), line('d')]);
    fake.finish[0]?.();
    fake.finish[0]?.();
    expect(fake.said).toEqual(['a', 'c']);
    fake.finish[1]?.();
    fake.finish[1]?.(); // a voice that reports twice
    expect(fake.said).toEqual(['a', 'c', 'd']);
    expect(fake.hushed()).toBe(1);
  });

  test('a voice that is done at once, while it is told, is no trouble', () => {
    const said: string[] = [];
    const voice: Voice = {
      say(l, _volume, done) {
        said.push(l.text);
        done();
      },
      hush: () => undefined,
    };
    const queue = new SpeechQueue(voice, () => undefined);
    queue.now(Array.from({ length: 200 }, (_, i) => line(String(i))));
    expect(said.length).toBe(200);
    expect(queue.speaking).toBe(false);
  });

  test('silence is at once and for good', () => {
    const fake = fakeVoice();
    const queue = new SpeechQueue(fake.voice, () => undefined);
    queue.now([line('a'), line('b')]);
    queue.hush();
    fake.finish[0]?.();
    expect([fake.said, fake.hushed(), queue.speaking]).toEqual([['a'], 1, false]);
    queue.again();
    expect(fake.said).toEqual(['a', 'a']);
  });

  test('loudness keeps within its steps, and the next visitor has the usual one and hears nothing of the last', () => {
    const fake = fakeVoice();
    const queue = new SpeechQueue(fake.voice, () => undefined);
    for (let i = 0; i < 9; i++) queue.turn(1);
    queue.now([line('a')]);
    for (let i = 0; i < 9; i++) queue.turn(-1);
    queue.now([line('b')]);
    expect(fake.loud).toEqual([volumes.at(-1), volumes[0]]);
    queue.reset();
    queue.again();
    expect([queue.volume, fake.said]).toEqual([usualVolume, ['a', 'b']]);
    queue.now([line('c')]);
    expect(fake.loud.at(-1)).toBe(volumes[usualVolume]);
  });
});

describe('[U3] the voice', () => {
  const voice = (lang: string, localService = true) => ({ lang, localService });

  test('is one of this device that speaks the language: Cantonese is never read by Mandarin', () => {
    const all = [voice('zh-TW'), voice('zh-CN'), voice('zh_HK'), voice('en-US'), voice('en-GB'), voice('cmn'), voice('yue')];
    expect([voiceFor(all, 'zh-HK')?.lang, voiceFor(all, 'zh-CN')?.lang, voiceFor(all, 'en')?.lang]).toEqual(['zh_HK', 'zh-CN', 'en-GB']);
    expect(voiceFor([voice('yue'), voice('cmn')], 'zh-HK')?.lang).toBe('yue');
    expect(voiceFor([voice('zh-CN'), voice('zh-TW'), voice('en-US')], 'zh-HK')).toBeNull();
    expect(voiceFor([], 'en')).toBeNull();
  });

  test('is never one that speaks over the internet', () => {
    expect(voiceFor([voice('zh-HK', false), voice('en-GB', false), voice('en-US')], 'zh-HK')).toBeNull();
    expect(voiceFor([voice('en-GB', false), voice('en-US')], 'en')?.lang).toBe('en-US');
  });

  test('a caption alone stands long enough to be read', () => {
    expect(readingMs(line('OK'))).toBeGreaterThanOrEqual(1_000);
    expect(readingMs({ text: '用人工智能分析交通、運輸和天氣數據', lang: 'zh-HK' })).toBeGreaterThan(2_000);
  });
});

describe('[U11] a recording', () => {
  const rig = (voices: readonly { lang: string; localService: boolean }[], plays: boolean | null) => {
    const log: string[] = [];
    const timers: (() => void)[] = [];
    let report: (whole: boolean) => void = () => undefined;
    const voice = browserVoice({
      synth: { getVoices: () => voices as SpeechSynthesisVoice[], speak: () => log.push('spoken'), cancel: () => undefined },
      later: (_ms, then) => {
        timers.push(then);
        return () => void timers.splice(timers.indexOf(then), timers.includes(then) ? 1 : 0);
      },
      player: {
        play: (url, volume, done) => {
          log.push(`${url} ${volume}`);
          report = done;
          if (plays !== null) done(plays);
        },
        stop: () => log.push('stopped'),
      },
      recording: (l) => recordingOf(recordings, l),
    });
    const say = (l: Line) => voice.say(l, 0.5, () => log.push('done'));
    return { voice, log, timers, say, report: (whole: boolean) => report(whole) };
  };
  const recordings = recordingsOf([
    { lang: 'en', text: 'It’s 70\u00a0000 “meters”.', url: '/a.mp3' },
    { lang: 'en', text: 'It’s 70\u00a0000 “meters”.', url: '/again.mp3' },
    { lang: 'zh-HK', text: '你好', url: '/b.mp3' },
  ]);

  test('is known by its language and words, however the page sets them', () => {
    expect(recordingOf(recordings, { lang: 'en', text: 'It\'s 70000 "meters".' })).toBe('/a.mp3');
    expect(recordingOf(recordings, { lang: 'zh-HK', text: '你好' })).toBe('/b.mp3');
    expect(recordingOf(recordings, { lang: 'zh-CN', text: '你好' })).toBeNull();
    expect(recordingOf(recordings, { lang: 'zh-HK', text: '你好嗎' })).toBeNull();
  });

  test('is played only where the device has no voice for the language, once', () => {
    const r = rig([{ lang: 'zh-CN', localService: true }], true);
    r.say({ lang: 'zh-HK', text: '你好' });
    expect([r.log, r.timers]).toEqual([['/b.mp3 0.5', 'done'], []]);
  });

  test('that breaks leaves the caption, one that never ends is given up, and after silence it reports to nobody', () => {
    const broken = rig([], false);
    broken.say({ lang: 'zh-HK', text: '你好' });
    expect([broken.log, broken.timers.length]).toEqual([['/b.mp3 0.5'], 1]);
    broken.timers[0]?.();
    expect(broken.log).toEqual(['/b.mp3 0.5', 'done']);
    const stuck = rig([], null);
    stuck.say({ lang: 'zh-HK', text: '你好' });
    expect(stuck.timers.length).toBe(1);
    stuck.timers[0]?.();
    expect(stuck.log).toEqual(['/b.mp3 0.5', 'stopped', 'done']);
    const hushed = rig([], null);
    hushed.say({ lang: 'zh-HK', text: '你好' });
    hushed.voice.hush();
    expect([hushed.log, hushed.timers]).toEqual([['/b.mp3 0.5', 'stopped'], []]);
    const caption = rig([], true);
    caption.say({ lang: 'en', text: 'not recorded' });
    expect([caption.log, caption.timers.length]).toEqual([[], 1]);
  });
});

describe('[U3] the keypad', () => {
  const typed = (code: string, key = code) => ({ code, key });

  test('has a table of its own: any keys may be the five', () => {
    const map = readKeyMap({ up: 'F13', down: 'F14', left: 'F15', right: 'F16', select: 'F17', unknown: 'KeyA' });
    expect(['F13', 'F14', 'F15', 'F16', 'F17', 'ArrowUp', 'KeyA'].map((c) => padActionOf(map, typed(c)))).toEqual(['up', 'down', 'left', 'right', 'select', null, null]);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['another thing', [1]],
    ['one missing', { up: 'F1', down: 'F2', left: 'F3', right: 'F4' }],
    ['one twice', { up: 'F1', down: 'F1', left: 'F3', right: 'F4', select: 'F5' }],
    ['no text', { up: 1, down: 'F2', left: 'F3', right: 'F4', select: 'F5' }],
    ['too long', { up: 'x'.repeat(99), down: 'F2', left: 'F3', right: 'F4', select: 'F5' }],
  ])('%s leaves the usual keys', (_, raw) => {
    expect(readKeyMap(raw)).toBe(usualKeys);
  });

  test('is learnt by pressing its five keys one after the other; a key pressed twice is one', () => {
    let keys: readonly string[] = [];
    for (const code of ['F13', 'F13', 'F14', 'F15']) keys = learnKey(keys, typed(code));
    expect([keys, learntMap(keys)]).toEqual([['F13', 'F14', 'F15'], null]);
    for (const e of [typed('', 'Unnamed'), typed('', ''), typed('F17'), typed('F18')]) keys = learnKey(keys, e);
    expect(learntMap(keys)).toEqual({ up: 'F13', down: 'F14', left: 'F15', right: 'Unnamed', select: 'F17' });
    expect(readKeyMap(JSON.parse(JSON.stringify(learntMap(keys))))).toEqual(learntMap(keys));
  });
});
