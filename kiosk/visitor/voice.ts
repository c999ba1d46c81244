/**
 * The browser's voice: speechSynthesis where the device has a voice of its own for the language, else the caption alone for as long as it
 * takes to read. Voices that speak over the internet are never used.
 */
import type { Lang } from '../../shared/words.ts';
import type { Line, Voice } from './speech.ts';

/** which voices speak a language, best first */
const SPEAKS: { [L in Lang]: readonly RegExp[] } = {
  'zh-HK': [/^(yue|zh-hk|zh-hant-hk)\b/],
  'zh-CN': [/^(cmn|zh-cn|zh-hans)\b/],
  en: [/^en-hk\b/, /^en-gb\b/, /^en\b/],
};
type Candidate = { lang: string; localService: boolean };

/** The device's own voice for a language; null where it has none: Cantonese is never read by a Mandarin voice. */
export const voiceFor = <V extends Candidate>(voices: readonly V[], lang: Lang): V | null => {
  const own = voices.filter((v) => v.localService);
  for (const wanted of SPEAKS[lang]) {
    const found = own.find((v) => wanted.test(v.lang.toLowerCase().replaceAll('_', '-')));
    if (found) return found;
  }
  return null;
};

/** reading a caption takes this long: a Han character as long as two and a half letters */
const letterMs = 60;
const hanMs = 150;
const captionMsMin = 1_200;
/** a voice that has not said it is done by then is not going to */
const patience = 4;

/** How long a line takes to be read, ms. */
export const readingMs = ({ text }: Line): number =>
  Math.max(
    captionMsMin,
    [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e7f ? hanMs : letterMs), 0),
  );

/** `synth` is undefined where the browser has none; `later` calls back after a time and answers how to stop it. */
export const browserVoice = (synth: SpeechSynthesis | undefined, later: (ms: number, then: () => void) => () => void): Voice => {
  let stop = (): void => undefined;
  return {
    say(line, volume, done) {
      stop();
      const voice = synth ? voiceFor(synth.getVoices(), line.lang) : null;
      if (!synth || !voice) {
        stop = later(readingMs(line), done);
        return;
      }
      const said = new SpeechSynthesisUtterance(line.text);
      said.voice = voice;
      said.lang = voice.lang;
      said.volume = volume;
      const giveUp = later(readingMs(line) * patience, done);
      const finish = (): void => {
        giveUp();
        done();
      };
      stop = giveUp;
      said.onend = finish;
      said.onerror = finish;
      synth.speak(said);
    },
    hush() {
      stop();
      synth?.cancel();
    },
  };
};
