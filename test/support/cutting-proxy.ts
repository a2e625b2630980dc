import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** When the connection is lost: with COMMIT never sent, or sent, done, and its answer never received. */
export type Cut = 'before commit' | 'after commit';

/** Stands between application and database and cuts the line at the one moment that matters. */
export class CuttingProxy {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private next: Cut | null = null;

  private port = 0;

  private constructor(private readonly target: URL) {
    this.server = createServer((client) => {
      this.relay(client);
    });
  }

  static async before(databaseUrl: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(new URL(databaseUrl));
    await proxy.comeBack();
    return proxy;
  }

  /** The database's address by way of this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Cuts the next connection that commits. */
  cutNext(when: Cut): void {
    this.next = when;
  }

  /** The database goes away: every line is cut and none is taken. */
  async goAway(): Promise<void> {
    const closed = this.server.listening ? once(this.server, 'close') : Promise.resolve();
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** The database comes back where it was. */
  async comeBack(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private relay(client: Socket): void {
    const database = connect(Number(this.target.port), this.target.hostname);
    let cutOnAnswer = false;
    const end = (): void => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      this.sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.sockets.delete(socket);
        end();
      });
    }
    client.on('data', (sent) => {
      if (this.next !== null && isCommit(sent)) {
        if (this.next === 'before commit') {
          this.next = null;
          end();
          return;
        }
        this.next = null;
        cutOnAnswer = true;
      }
      database.write(sent);
    });
    database.on('data', (answered) => {
      if (cutOnAnswer) end();
      else client.write(answered);
    });
  }
}

/** A simple query message: `Q`, four bytes of length, the text, NUL. */
function isCommit(message: Buffer): boolean {
  return message[0] === 0x51 && message.subarray(5, -1).toString('latin1') === 'commit';
}
