// Serves one file over HTTP and does nothing else, in a process of its own: what sending an answer costs at least.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';

const [file = ''] = process.argv.slice(2);
const { size } = statSync(file);
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': size });
  createReadStream(file).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
// Nobody is left to serve.
process.once('disconnect', () => process.exit());
