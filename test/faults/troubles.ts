/** What goes wrong in a tick of the simulation, by the chance of the seed: each seed knows some of the faults, each with a rate of its own. */
import type { Chance } from './chance.ts';
import { type Coverage, type Fault, hit } from './coverage.ts';
import type { FakeClock } from './fake-clock.ts';
import type { FaultFs } from './fault-fs.ts';
import type { Platter } from './power-cut-storage.ts';
import { documentsFolder, journalFolder, type SimHub } from './sim-hub.ts';
import type { SimKiosk } from './sim-kiosk.ts';

export type Scene = {
  clock: FakeClock;
  chance: Chance;
  coverage: Coverage;
  hub: SimHub;
  kiosks: SimKiosk[];
  /** the hub's folder may be set back to an older copy */
  setsBack: boolean;
  /** another kiosk with the same identity and a copy of the disk */
  clone(device: string, platter: Platter): void;
};

const backupsMax = 4;
const clonesMax = 2;
const dayMs = 86_400_000;

/** Puts one folder of a copy in the place of what is there. */
const carry = (from: FaultFs, folder: string, into: FaultFs): FaultFs => {
  for (const path of into.paths()) if (path.startsWith(folder)) into.take(path);
  for (const path of from.paths()) if (path.startsWith(folder)) into.put(path, from.get(path));
  return into;
};

const documentsIn = (files: FaultFs): string[] => files.paths().filter((p) => p.startsWith(documentsFolder));

/** Something in a document is another byte now. */
const spoil = (files: FaultFs, path: string, chance: Chance): void => {
  const bytes = files.get(path);
  if (bytes.length === 0) return;
  const at = chance.below(bytes.length);
  bytes[at] = (bytes[at] as number) ^ (1 << chance.below(8));
  files.put(path, bytes);
};

export type HubTroubles = {
  /** A tick of a storm. */
  strike(): void;
  /** A copy of the hub's folder is made, as a technician makes it. */
  copy(): void;
  /** The hub stops and starts with one of the copies. */
  setBack(downMs: number): void;
};

/** What may befall the hub while it runs or starts. */
export const hubTroubles = ({ clock, chance, coverage, hub, setsBack }: Scene): HubTroubles => {
  const backups: FaultFs[] = [];
  const usualSyncMs = hub.syncMs;
  const downMs = (): number => chance.between(10, 1_500);
  const counted = (fault: Fault): void => hit(coverage, fault);
  const later = (run: () => void): void => void clock.after(chance.between(200, 3_000), run);
  const anyFall = () => chance.pick(['kill', 'cut'] as const);

  /** Falls, and something happens to its checkpoint before it starts again. */
  const withCheckpoint = (fault: Fault, change: (files: FaultFs, documents: string[]) => void): void =>
    hub.fall(anyFall(), downMs(), (files) => {
      const documents = documentsIn(files);
      if (documents.length === 0) return files;
      counted(fault);
      change(files, documents);
      return files;
    });

  const copy = (): void => {
    if (!hub.life) return;
    backups.push(hub.files.kill());
    if (backups.length > backupsMax) backups.splice(chance.below(backupsMax), 1);
  };

  const setBack = (ms: number): void => {
    const copy = backups[chance.below(backups.length)];
    if (!copy || !setsBack) return;
    hub.wasSetBack = true;
    counted('set back to an older copy');
    hub.fall(anyFall(), ms, (files) => {
      carry(copy, journalFolder, files);
      if (chance.hits(0.5)) carry(copy, documentsFolder, files);
      else if (documentsIn(files).length > 0) counted('checkpoint newer');
      return files;
    });
  };

  const STRIKES: readonly (() => void)[] = [
    () => {
      counted('hub killed');
      hub.fall('kill', downMs());
    },
    () => {
      counted('power cut');
      hub.fall('cut', downMs());
    },
    () => hub.fallAt('kill', 1, 'datasync', downMs()),
    () => hub.fallAt('cut', 1 + chance.below(30), null, downMs()),
    () => hub.fallAt('cut', 1, chance.pick(['create', 'rename', 'syncFolder']), downMs()),
    () => {
      counted('stopped cleanly');
      void hub.stop(downMs());
    },
    () => {
      counted('disk full');
      if (chance.hits(0.5)) hub.files.failAt(1, 'short', 'write');
      hub.files.full = true;
      later(() => {
        counted('disk freed');
        hub.files.full = false;
      });
    },
    () => hub.files.failAt(1 + chance.below(3), 'EIO', 'datasync'),
    () => hub.files.failAt(1 + chance.below(3), chance.pick(['EIO', 'ENOSPC', 'short']), 'write'),
    () => hub.files.failAt(1 + chance.below(40), chance.pick(['ENOSPC', 'EIO', 'EMFILE', 'short'])),
    () => {
      hub.fall(anyFall(), downMs());
      hub.files.failAt(1 + chance.below(12), 'EIO', chance.pick(['read', 'open', 'list']));
    },
    () => {
      counted('disk read-only');
      hub.files.readOnly = true;
      later(() => {
        hub.files.readOnly = false;
        // stays read-only until somebody starts it again
        hub.fall('kill', downMs());
      });
    },
    () => {
      hub.syncMs = chance.between(1_500, 4_000);
      later(() => {
        hub.syncMs = usualSyncMs;
      });
    },
    () => {
      counted('hub clock stepped');
      hub.clock.step(chance.pick([-3_600_000, dayMs, chance.between(-120_000, 120_000)]));
    },
    () => setBack(downMs()),
    () => setBack(downMs()),
    () => withCheckpoint('checkpoint corrupt', (files, documents) => spoil(files, chance.pick(documents), chance)),
    () =>
      withCheckpoint('checkpoint older', (files) => {
        const copy = backups[chance.below(backups.length)];
        if (copy) carry(copy, documentsFolder, files);
      }),
    () =>
      withCheckpoint('checkpoint gone', (files, documents) => {
        for (const path of documents) files.take(path);
      }),
  ];
  const known = STRIKES.filter(() => chance.hits(0.6));
  const rate = chance.next() * 0.2;
  const keeps = chance.next() * 0.1;
  const strike = (): void => {
    if (hub.life && chance.hits(keeps)) void hub.keep();
    if (chance.hits(0.05)) copy();
    const one = known[chance.below(known.length)];
    if (one && chance.hits(rate)) one();
  };
  return { strike, copy, setBack };
};

/** What may befall the kiosks. */
export const kioskTroubles = ({ clock, chance, coverage, kiosks, clone }: Scene): (() => void) => {
  const rates = {
    reload: chance.next() * 0.03,
    step: chance.next() * 0.02,
    lead: chance.next() * 0.03,
    wipe: chance.hits(0.4) ? 0.008 : 0,
    refuse: chance.hits(0.3) ? 0.02 : 0,
  };
  let clones = chance.hits(0.5) ? clonesMax : 0;
  const again = (kiosk: SimKiosk, platter: Platter | null): void => {
    const tabs = chance.hits(0.25) ? 2 : 1;
    clock.after(chance.between(50, 2_000), () => void kiosk.start(platter ?? undefined, tabs));
  };
  const strike = (kiosk: SimKiosk): void => {
    if (chance.hits(rates.step)) {
      hit(coverage, 'kiosk clock stepped');
      kiosk.stepClock(chance.between(-7_200_000, 7_200_000));
    }
    if (kiosk.tabs > 1 && chance.hits(rates.lead * 4)) {
      hit(coverage, 'another tab sends');
      kiosk.lead(chance.below(2));
    }
    if (chance.hits(rates.refuse)) {
      hit(coverage, 'storage refuses');
      kiosk.refuseStorage(true);
      clock.after(chance.between(100, 6_000), () => kiosk.refuseStorage(false));
    }
    if (chance.hits(rates.reload)) {
      const cut = chance.hits(0.7);
      hit(coverage, cut ? 'kiosk power cut' : 'page reloaded');
      again(kiosk, kiosk.stop(cut));
    } else if (chance.hits(rates.wipe)) {
      hit(coverage, 'storage wiped');
      kiosk.wipe();
      again(kiosk, null);
    } else if (clones > 0 && chance.hits(0.06)) {
      const platter = kiosk.image();
      if (!platter) return;
      clones--;
      hit(coverage, 'disk cloned');
      const late = chance.hits(0.5);
      if (late) hit(coverage, 'clone starts late');
      clock.after(late ? chance.between(2_000, 12_000) : 0, () => clone(kiosk.device, platter));
    }
  };
  return () => {
    for (const kiosk of [...kiosks]) if (kiosk.on) strike(kiosk);
  };
};
