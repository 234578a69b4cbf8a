import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {createInterface, type Interface} from 'node:readline';

type Reply = {readonly return?: unknown; readonly error?: {readonly class: string; readonly desc: string}; readonly event?: string};

/** The little of QEMU's monitor protocol that a benchmark needs: one command at a time, events passed over. */
export class QmpClient implements Disposable {
	readonly #socket: Socket;
	readonly #lines: AsyncIterator<string>;
	readonly #reader: Interface;

	private constructor(socket: Socket) {
		this.#socket = socket;
		this.#reader = createInterface({input: socket});
		this.#lines = this.#reader[Symbol.asyncIterator]();
	}

	static async connect(socketPath: string): Promise<QmpClient> {
		const socket = connect(socketPath);
		await once(socket, 'connect');
		const client = new QmpClient(socket);
		await client.#lines.next(); // The greeting.
		await client.execute('qmp_capabilities');
		return client;
	}

	/** The command's `return`. Rejects with QEMU's own description of what is wrong. */
	async execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
		this.#socket.write(`${JSON.stringify({execute: command, arguments: args})}\n`);
		for (;;) {
			const {value, done} = await this.#lines.next();
			if (done === true) throw new Error(`QEMU closed its monitor during ${command}`);
			const reply = JSON.parse(value) as Reply;
			if (reply.error !== undefined) throw new Error(`${command}: ${reply.error.desc}`);
			if (reply.event === undefined) return reply.return;
		}
	}

	[Symbol.dispose](): void {
		this.#reader.close();
		this.#socket.destroy();
	}
}
