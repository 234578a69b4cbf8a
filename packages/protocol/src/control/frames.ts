import {checkMessage} from './check-message.ts';
import {ControlError} from './control-error.ts';
import {MAX_FRAME_BYTES} from './field-rules.ts';
import {sterna} from './generated.js';
import {MESSAGE_SCHEMAS, type ClientFrameBodies, type ServerFrameBodies} from './messages.ts';
import {checkWire} from './wire-check.ts';

type MessageOf<Bodies> = {[Kind in keyof Bodies]: {readonly kind: Kind; readonly body: Bodies[Kind]}}[keyof Bodies];

/** What a client can ask for: the name of a body of `ClientFrame`. */
export type ClientKind = keyof ClientFrameBodies;
/** What a server can say: the name of a body of `ServerFrame`. */
export type ServerKind = keyof ServerFrameBodies;
/** A body with its name, as a client sends it. */
export type ClientMessage = MessageOf<ClientFrameBodies>;
/** A body with its name, as a server sends it. */
export type ServerMessage = MessageOf<ServerFrameBodies>;
/** A frame from client to server. `request` is chosen by the client; 0 is the hello's. docs/spec/control.md section 3. */
export type ClientFrame = ClientMessage & {readonly request: number};
/** A frame from server to client, with the number of the request that it answers; after the `last` one nothing follows for it. */
export type ServerFrame = ServerMessage & {readonly request: number; readonly last: boolean};

/** Encodes a frame; the result is new memory of the caller's. Throws ControlError where a field or the whole is over a limit. */
export function encodeClientFrame(frame: ClientFrame): Uint8Array {
	return encodeFrame('ClientFrame', frame);
}

/** Encodes a frame; the result is new memory of the caller's. Throws ControlError where a field or the whole is over a limit. */
export function encodeServerFrame(frame: ServerFrame): Uint8Array {
	return encodeFrame('ServerFrame', frame);
}

/** Decodes and checks what a client sent. The frame keeps nothing of `bytes`. Throws ControlError, for any bytes. */
export function decodeClientFrame(bytes: Uint8Array): ClientFrame {
	return decodeFrame('ClientFrame', bytes) as ClientFrame;
}

/** Decodes and checks what a server sent. The frame keeps nothing of `bytes`. Throws ControlError, for any bytes. */
export function decodeServerFrame(bytes: Uint8Array): ServerFrame {
	return decodeFrame('ServerFrame', bytes) as ServerFrame;
}

type FrameName = 'ClientFrame' | 'ServerFrame';

/** The type of a body, by the name of its field in the frame. */
function bodyType(frameName: FrameName, kind: string): string | undefined {
	return MESSAGE_SCHEMAS[frameName]?.find(field => field.name === kind)?.of;
}

function encodeFrame(frameName: FrameName, frame: ClientFrame | ServerFrame): Uint8Array {
	const type = bodyType(frameName, frame.kind);
	if (type === undefined) throw new TypeError(`${frameName} has no body ${frame.kind}`);
	if (frame.request >>> 0 !== frame.request) throw new TypeError(`request number ${frame.request}`);
	const body = checkMessage(type, frame.body, 'write', frame.request);
	const head = 'last' in frame ? {request: frame.request, last: frame.last} : {request: frame.request};
	const bytes = sterna.control[frameName].encode({...head, [frame.kind]: body}).finish();
	if (bytes.length > MAX_FRAME_BYTES) throw tooLarge(bytes.length);
	return bytes;
}

function decodeFrame(frameName: FrameName, bytes: Uint8Array): unknown {
	if (bytes.length > MAX_FRAME_BYTES) throw tooLarge(bytes.length);
	const head = checkWire(frameName, bytes);
	const [kind, second] = head.bodies;
	if (kind === undefined) throw new ControlError({code: 'ERR_FRAME_UNKNOWN', request: head.request, field: head.unknownField});
	if (second !== undefined) throw new ControlError({code: 'ERR_FRAME_MALFORMED', detail: `two bodies, ${kind} and ${second}`});
	const {request, last, [kind]: body} = decodeBytes(frameName, bytes);
	const message = {
		request: Number(request),
		kind,
		body: checkMessage(bodyType(frameName, kind) ?? '', body as object, 'read', Number(request)),
	};
	return frameName === 'ServerFrame' ? {...message, last: last === true} : message;
}

function decodeBytes(frameName: FrameName, bytes: Uint8Array): Readonly<Record<string, unknown>> {
	try {
		return sterna.control[frameName].decode(bytes) as Readonly<Record<string, unknown>>;
	} catch (error) {
		throw new ControlError({code: 'ERR_FRAME_MALFORMED', detail: 'it is not protobuf'}, {cause: error});
	}
}

function tooLarge(bytes: number): ControlError {
	return new ControlError({code: 'ERR_FRAME_TOO_LARGE', bytes, maxBytes: MAX_FRAME_BYTES});
}
