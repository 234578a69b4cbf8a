/** What can be wrong with a back channel. `offset`: of the record's header. */
export type BackChannelFault =
	| {readonly code: 'ERR_BACK_CHANNEL_TYPE'; readonly offset: number; readonly type: number}
	| {
			readonly code: 'ERR_BACK_CHANNEL_LENGTH';
			readonly offset: number;
			readonly type: number;
			readonly length: number;
			readonly maxBytes: number;
	  }
	| {readonly code: 'ERR_BACK_CHANNEL_PADDING'; readonly offset: number; readonly type: number}
	| {readonly code: 'ERR_BACK_CHANNEL_VALUE'; readonly offset: number; readonly type: number}
	| {readonly code: 'ERR_BACK_CHANNEL_FAULT_BODY'; readonly offset: number; readonly detail: string}
	| {readonly code: 'ERR_BACK_CHANNEL_AFTER_FAULT'; readonly offset: number; readonly type: number}
	| {readonly code: 'ERR_BACK_CHANNEL_TRUNCATED'; readonly offset: number; readonly missingBytes: number};

/** The receiver sent something on the back channel that is not in its format. */
export class BackChannelError extends Error {
	override readonly name = 'BackChannelError';
	readonly code: BackChannelFault['code'];
	readonly fault: BackChannelFault;

	constructor(fault: BackChannelFault, options?: ErrorOptions) {
		super(describe(fault), options);
		this.code = fault.code;
		this.fault = fault;
	}
}

const hex = (type: number): string => `0x${type.toString(16).padStart(8, '0')}`;

function describe(fault: BackChannelFault): string {
	const at = `at byte ${fault.offset} of the back channel`;
	switch (fault.code) {
		case 'ERR_BACK_CHANNEL_TYPE':
			return `unknown mandatory record ${hex(fault.type)} ${at}`;
		case 'ERR_BACK_CHANNEL_LENGTH':
			return `record ${hex(fault.type)} ${at} has ${fault.length} bytes, the limit is ${fault.maxBytes}`;
		case 'ERR_BACK_CHANNEL_PADDING':
			return `padding of record ${hex(fault.type)} ${at} is not zero`;
		case 'ERR_BACK_CHANNEL_VALUE':
			return `the number in record ${hex(fault.type)} ${at} is beyond 2^53`;
		case 'ERR_BACK_CHANNEL_FAULT_BODY':
			return `the fault ${at} cannot be read: ${fault.detail}`;
		case 'ERR_BACK_CHANNEL_AFTER_FAULT':
			return `record ${hex(fault.type)} ${at} follows the receiver's fault`;
		case 'ERR_BACK_CHANNEL_TRUNCATED':
			return `the back channel stops inside the record ${at}, ${fault.missingBytes} bytes are missing`;
		default:
			return fault satisfies never;
	}
}
