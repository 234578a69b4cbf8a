import {once} from 'node:events';
import {connect} from 'node:net';
import {ByteSocket} from '../../../src/drivers/qemu/disks/server/byte-socket.ts';

const OPTION_MAGIC = 0x4948_4156_454f_5054n;
export const Ask = {read: 0, write: 1, disconnect: 2, flush: 3, trim: 4, writeZeroes: 6} as const;

export type Reply = {readonly handle: bigint; readonly error: number};

/** A client of an NBD server that asks what it is told to, well formed or not. */
export class NbdClient implements Disposable {
	readonly #socket: ByteSocket;
	#handle = 0n;

	private constructor(socket: ByteSocket) {
		this.#socket = socket;
	}

	/** Resolves when the server has greeted. */
	static async connect(path: string): Promise<NbdClient> {
		const socket = connect(path);
		await once(socket, 'connect');
		const client = new NbdClient(new ByteSocket(socket));
		const greeting = await client.take(18);
		if (greeting.toString('latin1') !== 'NBDMAGICIHAVEOPT\0\u0003') throw new Error('no greeting of a server of the fixed newstyle');
		return client;
	}

	/** Connects and has the disk of that name. */
	static async open(path: string, name: string): Promise<NbdClient> {
		const client = await NbdClient.connect(path);
		client.flags(1);
		const replies = await client.query(7, name);
		if (replies.at(-1)?.type !== 1) throw new Error(`the server does not have ${name}`);
		return client;
	}

	send(bytes: Uint8Array): void {
		this.#socket.write(bytes);
	}

	async take(length: number): Promise<Buffer> {
		const bytes = await this.#socket.take(length);
		if (bytes === undefined) throw new Error('the server has ended the connection');
		return bytes;
	}

	flags(flags: number): void {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32BE(flags);
		this.send(bytes);
	}

	option(option: number, data: Uint8Array, length = data.byteLength): void {
		const head = Buffer.alloc(16);
		head.writeBigUInt64BE(OPTION_MAGIC, 0);
		head.writeUInt32BE(option, 8);
		head.writeUInt32BE(length, 12);
		this.send(Buffer.concat([head, data]));
	}

	/** INFO or GO, with what is answered up to the last reply. */
	async query(option: number, name: string): Promise<{readonly type: number; readonly data: Buffer}[]> {
		const data = Buffer.alloc(6 + Buffer.byteLength(name));
		data.writeUInt32BE(Buffer.byteLength(name), 0);
		data.write(name, 4);
		this.option(option, data);
		const replies = [];
		for (;;) {
			const reply = await this.optionReply();
			replies.push(reply);
			if (reply.type !== 3) return replies;
		}
	}

	async optionReply(): Promise<{readonly type: number; readonly data: Buffer}> {
		const head = await this.take(20);
		return {type: head.readUInt32BE(12), data: await this.take(head.readUInt32BE(16))};
	}

	/** Sends a request without waiting for its reply. Returns its handle. */
	request(command: number, offset: number | bigint, length: number, {flags = 0, data}: {flags?: number; data?: Uint8Array} = {}): bigint {
		const head = Buffer.alloc(28);
		head.writeUInt32BE(0x2560_9513, 0);
		head.writeUInt16BE(flags, 4);
		head.writeUInt16BE(command, 6);
		this.#handle += 1n;
		head.writeBigUInt64BE(this.#handle, 8);
		head.writeBigUInt64BE(BigInt(offset), 16);
		head.writeUInt32BE(length, 24);
		this.send(head);
		if (data) this.send(data);
		return this.#handle;
	}

	async reply(): Promise<Reply> {
		const head = await this.take(16);
		if (head.readUInt32BE(0) !== 0x6744_6698) throw new Error('no simple reply');
		return {error: head.readUInt32BE(4), handle: head.readBigUInt64BE(8)};
	}

	async read(offset: number, length: number): Promise<Buffer> {
		this.request(Ask.read, offset, length);
		const {error} = await this.reply();
		if (error !== 0) throw new Error(`error ${error}`);
		return this.take(length);
	}

	/** Resolves with the error number. */
	async write(offset: number, data: Uint8Array, flags = 0): Promise<number> {
		this.request(Ask.write, offset, data.byteLength, {flags, data});
		return (await this.reply()).error;
	}

	/** Resolves when the server has ended the connection. */
	async ended(): Promise<void> {
		await this.#socket.closed;
	}

	[Symbol.dispose](): void {
		this.#socket.destroy();
	}
}
