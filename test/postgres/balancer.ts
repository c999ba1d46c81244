/** A TCP balancer before several hubs, as a venue would have one: each connection goes to the next hub that takes it. */
import net from 'node:net';

export type Balancer = { port: number; close(): void };

export const balance = async (ports: () => readonly number[]): Promise<Balancer> => {
  let turn = 0;
  const open = new Set<net.Socket>();
  const forward = (from: net.Socket, left: number): void => {
    const all = ports();
    const to = net.connect({ port: all[turn++ % all.length] as number, host: '127.0.0.1' });
    open.add(to);
    let through = false;
    to.once('connect', () => {
      through = true;
      from.pipe(to);
      to.pipe(from);
    });
    to.once('error', () => {
      if (!through && left > 1) forward(from, left - 1);
      else from.destroy();
    });
    to.once('close', () => {
      open.delete(to);
      if (through) from.destroy();
    });
    from.once('close', () => to.destroy());
  };
  const server = net.createServer({ pauseOnConnect: true }, (from) => {
    open.add(from);
    from.once('close', () => open.delete(from));
    from.on('error', () => from.destroy());
    from.setNoDelay(true);
    forward(from, ports().length);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};
