import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { closers } from './http.test-kit.ts';

export const USER = 'anne';
export const PASSWORD = 'clé:1';

/** A proxy as they are: requests in full for http, tunnels for https, and a password for both. */
export async function proxyServer(refuses: number | null = null) {
  const asked: string[] = [];
  const status = ({ headers }: IncomingMessage) => {
    const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
    return headers['proxy-authorization'] === expected ? refuses : 407;
  };
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const refused = status(request);
    if (refused !== null) return void response.writeHead(refused).end('<html>proxy</html>');
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = forward(request.url ?? '', { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    const refused = status(request);
    if (refused !== null) return void socket.end(`HTTP/1.1 ${refused} No\r\n\r\n`);
    const [host, port] = (request.url ?? '').split(':');
    const there = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    for (const end of [there, socket]) end.on('error', () => there.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }; // it listens on a port
}
