import {BLOCK_BYTES, MAX_PIECE_BYTES} from './blocks.ts';
import type {ByteSocket} from './byte-socket.ts';
import type {DiskImage} from './disk-image.ts';
import {
	blockSizeInfo,
	CLIENT_FLAGS_BYTES,
	ClientFlag,
	exportInfo,
	greeting,
	MAX_OPTION_BYTES,
	Option,
	OPTION_HEADER_BYTES,
	optionReply,
	OptionReply,
	parseExportQuery,
	parseOptionHeader,
} from './nbd-wire.ts';

/** Comes to terms with a client: the disk that it wants. Undefined where it went away or does not speak as it must; the connection is to be ended then. */
export async function negotiate(socket: ByteSocket, images: ReadonlyMap<string, DiskImage>): Promise<DiskImage | undefined> {
	socket.write(greeting());
	const flags = (await socket.take(CLIENT_FLAGS_BYTES))?.readUInt32BE(0);
	if (flags === undefined || (flags & ClientFlag.fixedNewstyle) === 0 || (flags & ~(ClientFlag.fixedNewstyle | ClientFlag.noZeroes)) !== 0)
		return undefined;
	for (;;) {
		const head = await socket.take(OPTION_HEADER_BYTES);
		const asked = head && parseOptionHeader(head);
		if (asked === undefined || asked.length > MAX_OPTION_BYTES) return undefined;
		const data = await socket.take(asked.length);
		if (data === undefined) return undefined;
		const {option} = asked;
		switch (option) {
			case Option.info:
			case Option.go: {
				const image = answerQuery(socket, option, data, images);
				if (image !== undefined && option === Option.go) return image;
				break;
			}

			case Option.abort:
				socket.write(optionReply(option, OptionReply.ack));
				return undefined;
			// It cannot be refused but so: it has no reply.
			case Option.exportName:
				return undefined;
			default:
				socket.write(optionReply(option, OptionReply.unsupported));
		}
	}
}

/** Undefined where there is no such disk. */
function answerQuery(socket: ByteSocket, option: number, data: Buffer, images: ReadonlyMap<string, DiskImage>): DiskImage | undefined {
	const name = parseExportQuery(data);
	const image = name === undefined ? undefined : images.get(name);
	if (image === undefined) {
		socket.write(optionReply(option, name === undefined ? OptionReply.invalid : OptionReply.unknown));
		return undefined;
	}

	socket.write(optionReply(option, OptionReply.info, exportInfo(image.sizeBytes)));
	socket.write(optionReply(option, OptionReply.info, blockSizeInfo(1, BLOCK_BYTES, MAX_PIECE_BYTES)));
	socket.write(optionReply(option, OptionReply.ack));
	return image;
}
