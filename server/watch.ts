/** The watch over the floor, put together: what it sees, how often it looks, whom it tells. */

import { type AlertNews, alertId } from '../shared/alerts.ts';
import type { Entry } from '../shared/entry.ts';
import { rfc3339 } from '../shared/hongkong-time.ts';
import { linkMode, showcaseOf } from '../shared/tally.ts';
import { AlertWatch } from './counting/alert-watch.ts';
import { type Probe, RelayProbe } from './counting/relay-probe.ts';
import { Webhook, type WebhookParts } from './counting/webhook.ts';
import type { HubParts } from './parts/hub-parts.ts';

export type WatchOptions = {
  /** how often it looks; null: only when it is asked to */
  everyMs: number | null;
  freeShare(): Promise<number | null>;
  /** null: the public address is never tried */
  probe: Probe | null;
  webhook: Pick<WebhookParts, 'url' | 'fetch' | 'after'> | null;
};

export type Watch = { alerts: AlertWatch; heard(entries: readonly Entry[], here: boolean): void; look(): Promise<void>; close(): void };

/** Begins to watch over this hub's showcases. */
export const openWatch = (parts: HubParts, publicOrigin: string | null, options: WatchOptions): Watch => {
  const { tally, recorder, library, clock, log } = parts;
  const webhook = options.webhook && new Webhook({ ...options.webhook, lost: (why) => log.warn({ why }, 'an alert did not reach the webhook') });
  const relay = publicOrigin !== null && options.probe ? new RelayProbe(publicOrigin, options.probe) : null;
  const tell = (showcase: string, news: AlertNews): void => {
    parts.floor.alert(showcase, news);
  };
  const alerts = new AlertWatch({
    tally,
    recorder,
    nowMs: clock.nowMs,
    showcases: () => library.packs.map((p) => p.id),
    kiosks: (showcase) => parts.floor.views(showcase).filter((v) => v.kind === 'kiosk'),
    packOf: (showcase) => library.content(showcase)?.version ?? null,
    relayOk: () => relay?.ok ?? null,
    freeShare: options.freeShare,
    told: tell,
  });
  const look = async (): Promise<void> => {
    relay?.look(clock.monotonicMs());
    await alerts.look().catch((error: unknown) => {
      parts.metrics.bugs.inc();
      log.error({ err: error }, 'the watch threw');
    });
  };
  /** While the short links' address does not answer, codes carry their destinations and scans are not known: that is noted once, by whichever hub is first. */
  const noteMode = (): void => {
    void recorder.record(() => {
      const mode = linkMode(tally, library.mode);
      return { entry: tally.modes.at(-1)?.mode === mode ? null : { kind: 'links.mode-set', receivedMs: clock.nowMs(), mode }, answer: null };
    });
  };
  /** What was recorded, here or at another hub: every screen hears it; the webhook is told by the hub that recorded it, so that it hears once. */
  const heard = (entries: readonly Entry[], here: boolean): void => {
    for (const e of entries) {
      alerts.heard(e);
      if (e.kind === 'rehearsal.set') for (const d of parts.register.devices) if (d.showcase === e.showcase) parts.floor.changed(d.id);
      if (e.kind !== 'alert.raised' && e.kind !== 'alert.cleared' && e.kind !== 'alert.acknowledged') continue;
      if (e.rule === 'qr.relay') noteMode();
      const id = alertId(e.rule, e.subject);
      const now = showcaseOf(tally, e.showcase).floor.alerts.get(id);
      const news: AlertNews = now ?? { id, rule: e.rule, subject: e.subject, level: 'clear', sinceMs: e.receivedMs, value: null, acknowledged: null };
      tell(e.showcase, news);
      if (here)
        webhook?.tell({
          showcase: e.showcase,
          alert: id,
          rule: e.rule,
          subject: e.subject,
          change: e.kind.slice('alert.'.length),
          level: news.level,
          at: rfc3339(e.receivedMs),
          value: news.value,
        });
    }
  };
  const timer = options.everyMs === null ? null : setInterval(() => void look(), options.everyMs);
  const close = (): void => {
    if (timer) clearInterval(timer);
    webhook?.close();
  };
  return { alerts, heard, look, close };
};
