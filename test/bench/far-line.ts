// A line to a service far away, in a process of its own: `node far-line.ts <service> <ms>`; prints its address. Any
// bandwidth; what is sent arrives half of the time later in each direction, so that opening a connection and each
// request cost one round trip.
import { connect, createServer, type Socket } from 'node:net';

const [target = '', roundTrip = '0'] = process.argv.slice(2);
const delay = Number(roundTrip) / 2;
const { port: targetPort } = new URL(target);

/** Hands on what comes from one side to the other, each piece `delay` ms after it came, in order. */
function carry(from: Socket, to: Socket): void {
  from.on('data', (piece) => {
    setTimeout(() => to.write(piece), delay);
  });
  from.on('end', () => setTimeout(() => to.end(), delay));
  from.on('close', () => setTimeout(() => to.destroy(), delay));
  from.on('error', () => undefined);
}

const server = createServer((near) => {
  near.setNoDelay(true);
  // The handshake takes a round trip too.
  setTimeout(() => {
    const far = connect({ port: Number(targetPort), host: '127.0.0.1', noDelay: true });
    carry(near, far);
    carry(far, near);
    near.resume();
  }, delay * 2);
  near.pause();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
});
