import {addressOf} from '@sterna/system';

/** Memory of this thread that both JavaScript and system calls use: `address` is that of `bytes[0]` and never changes. */
export type NativeBuffer = {readonly bytes: Uint8Array<ArrayBuffer>; readonly address: number};

/** `byteLength`: 65 or more, so that the memory is not on JavaScript's own heap, where it could move. */
export function createNativeBuffer(byteLength: number): NativeBuffer {
	if (byteLength < 65) throw new RangeError(`a native buffer of ${byteLength} bytes`);
	const bytes = new Uint8Array(new ArrayBuffer(byteLength));
	return {bytes, address: addressOf(bytes)};
}
