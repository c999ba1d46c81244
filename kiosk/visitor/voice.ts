/**
 * The browser's voice: speechSynthesis where the device has a voice of its own for the language, else the content's recording of the
 * sentence, else the caption alone for as long as it takes to read. Voices that speak over the internet are never used.
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

/** Plays one recording at a time. `done` is called once, with whether it was heard to its end; after `stop` not at all. */
export type Player = { play(url: string, volume: number, done: (whole: boolean) => void): void; stop(): void };

/** Plays recordings through an audio element, which holds none of them once it is stopped. */
export const audioPlayer = (audio: HTMLAudioElement): Player => {
  let turn = 0;
  return {
    play(url, volume, done) {
      const mine = ++turn;
      const finish = (whole: boolean): void => {
        if (mine !== turn) return;
        turn++;
        done(whole);
      };
      audio.onended = () => finish(true);
      audio.onerror = () => finish(false);
      audio.src = url;
      audio.volume = volume;
      audio.play().catch(() => finish(false)); // forbidden, gone or damaged
    },
    stop() {
      turn++;
      if (!audio.hasAttribute('src')) return;
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
    },
  };
};

/** What the browser's voice needs: `synth` is undefined where the browser has none; `later` calls back after a time and answers how to stop it. */
export type VoiceParts = {
  synth: Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel'> | undefined;
  later(ms: number, then: () => void): () => void;
  player: Player;
  /** the address of a line's recording; null where there is none */
  recording(line: Line): string | null;
};

/** A voice of the device, else the recording, else the caption alone: what can't be heard stands as long as it takes to read. */
export const browserVoice = ({ synth, later, player, recording }: VoiceParts): Voice => {
  let stop = (): void => undefined;
  return {
    say(line, volume, done) {
      stop();
      const caption = (): void => {
        stop = later(readingMs(line), done);
      };
      const voice = synth ? voiceFor(synth.getVoices(), line.lang) : null;
      const url = voice ? null : recording(line);
      if (synth && voice) {
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
      } else if (url !== null) {
        // what has not come by then must not begin to speak over the next line
        stop = later(readingMs(line) * patience, () => {
          player.stop();
          done();
        });
        player.play(url, volume, (whole) => {
          stop();
          if (whole) done();
          else caption();
        });
      } else caption();
    },
    hush() {
      stop();
      player.stop();
      synth?.cancel();
    },
  };
};
