// Generated from proto/control.proto by scripts/generate-protocol.mjs: do not edit.

type Codec = {
	encode(message: object): {finish(): Uint8Array};
	/** Fields that were absent on the wire are on the prototype only. Throws Error for bytes that are no such message. */
	decode(bytes: Uint8Array): object;
};
export const sterna: {readonly control: {readonly ClientFrame: Codec; readonly ServerFrame: Codec}};
