/** `simulate`: plays a show's day of doors, kiosks and phones against a running hub, over the wire that real ones use. */
import { type Command, exit, readArgs, UsageFault, wholeOf } from './command.ts';
import { printShow, summaryOf } from './simulate-print.ts';
import { type ShowOptions, simulateShow } from './simulate-show.ts';

const defaults = { hub: 'http://localhost:8080', showcase: 'smart-hong-kong-pavilion', seed: 2_026, visits: 11_000, kiosks: 12, seconds: 20 } as const;
const limits = { visits: 500_000, kiosks: 200, seconds: 3_600, liveMinutes: 600 } as const;

const optionsOf = (args: readonly string[], env: { readonly [name: string]: string | undefined }): ShowOptions & { json: boolean } => {
  const { values: v } = readArgs(args, {
    hub: { type: 'string' },
    passphrase: { type: 'string' },
    token: { type: 'string' },
    showcase: { type: 'string' },
    seed: { type: 'string' },
    visits: { type: 'string' },
    kiosks: { type: 'string' },
    day: { type: 'string' },
    seconds: { type: 'string' },
    live: { type: 'string' },
    devices: { type: 'string' },
    'take-over': { type: 'boolean' },
    check: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const passphrase = v.passphrase ?? env['ADMIN_PASSPHRASE'];
  if (!v.token && !passphrase) throw new UsageFault('--passphrase, --token or ADMIN_PASSPHRASE is needed');
  if (v.day !== undefined && v.live !== undefined) throw new UsageFault('--day and --live exclude each other');
  if (v.day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(v.day)) throw new UsageFault('--day must be YYYY-MM-DD');
  const hub = v.hub ?? defaults.hub;
  if (!/^https?:\/\/[^/?#]+\/?$/.test(hub)) throw new UsageFault('--hub must be an http or https address without a path');
  return {
    hub,
    credential: v.token ? { token: v.token } : { passphrase: passphrase as string },
    showcase: v.showcase ?? defaults.showcase,
    seed: wholeOf('seed', v.seed, defaults.seed, 0, 4_294_967_295),
    visits: wholeOf('visits', v.visits, defaults.visits, 0, limits.visits),
    kiosks: wholeOf('kiosks', v.kiosks, defaults.kiosks, 0, limits.kiosks),
    day: v.day ?? null,
    seconds: wholeOf('seconds', v.seconds, defaults.seconds, 0, limits.seconds),
    liveMinutes: v.live === undefined ? null : wholeOf('live', v.live, 1, 1, limits.liveMinutes),
    check: v.check === true,
    takeOver: v['take-over'] === true,
    devicesFile: v.devices ?? null,
    json: v.json === true,
  };
};

export const simulate: Command = {
  name: 'simulate',
  usage:
    'simulate [--hub URL] [--passphrase TEXT | --token TOKEN] [--showcase ID] [--seed N] [--visits N] [--kiosks N] [--day YYYY-MM-DD | --live MINUTES] [--seconds N] [--devices FILE] [--take-over] [--check] [--json]',
  about: `plays a show's day against a running hub (by default ${defaults.visits} visits of the last day that is over, in ${defaults.seconds} s); --check compares every total, exit code 1 on any difference`,
  run: async (args, console) => {
    const { json, ...options } = optionsOf(args, console.env);
    const report = await simulateShow(options, (line) => console.err(line));
    if (json) console.out(JSON.stringify(summaryOf(report)));
    else printShow(console, report);
    return report.problems.length > 0 || (report.differences?.length ?? 0) > 0 ? exit.failed : exit.ok;
  },
};
