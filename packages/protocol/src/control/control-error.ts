/** What can be wrong with a frame of the control channel. */
export type ControlFault =
	| {readonly code: 'ERR_FRAME_TOO_LARGE'; readonly bytes: number; readonly maxBytes: number}
	/** Not protobuf, or not this message: cut short, a wrong wire type, nested too deep. */
	| {readonly code: 'ERR_FRAME_MALFORMED'; readonly detail: string}
	/** A body that this build does not know: of a later version, or none at all. */
	| {readonly code: 'ERR_FRAME_UNKNOWN'; readonly request: number; readonly field: number | undefined}
	/** A field whose value may not be. `field` is `Message.field`; `request` is undefined where the frame was not read that far. */
	| {readonly code: 'ERR_FRAME_FIELD'; readonly request: number | undefined; readonly field: string; readonly detail: string};

/** A frame that cannot be read, or that may not be written. Thrown by the encoders and decoders of this folder, and by nothing else. */
export class ControlError extends Error {
	override readonly name = 'ControlError';
	readonly code: ControlFault['code'];
	readonly fault: ControlFault;

	constructor(fault: ControlFault, options?: ErrorOptions) {
		super(describe(fault), options);
		this.code = fault.code;
		this.fault = fault;
	}
}

function describe(fault: ControlFault): string {
	switch (fault.code) {
		case 'ERR_FRAME_TOO_LARGE':
			return `a control frame of ${fault.bytes} bytes is over the limit of ${fault.maxBytes}`;
		case 'ERR_FRAME_MALFORMED':
			return `a control frame is malformed: ${fault.detail}`;
		case 'ERR_FRAME_UNKNOWN':
			return fault.field === undefined ? 'a control frame has no body' : `a control frame has a body of the unknown kind ${fault.field}`;
		case 'ERR_FRAME_FIELD':
			return `control field ${fault.field} ${fault.detail}`;
		default:
			return fault satisfies never;
	}
}
