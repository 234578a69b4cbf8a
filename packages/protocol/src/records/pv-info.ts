import {newBody, type RecordBody} from './record-body.ts';

/** X86_PV_INFO: the word size of a PV guest. docs/spec/stream.md section 4.3. */
export type PvInfo = {
	readonly name: 'X86_PV_INFO';
	/** Bytes of a guest word. */
	readonly guestWidth: 4 | 8;
	/** 3 with width 4, 4 with width 8. */
	readonly ptLevels: 3 | 4;
};

const LENGTH = 8;

/** Body: u8 width, u8 levels, 6 zero bytes. Longer bodies are a strict reader's fault only. */
export function parsePvInfo(body: RecordBody): PvInfo {
	if (body.length < LENGTH) throw body.wrongLength(`${LENGTH}`);
	if (body.length > LENGTH) body.deviatingLength(`${LENGTH}`);
	const guestWidth = body.u8(0);
	const ptLevels = body.u8(1);
	if (guestWidth !== 4 && guestWidth !== 8) throw body.wrongField(0, 'guest_width', guestWidth, '4 or 8');
	if (ptLevels !== guestWidth / 4 + 2)
		throw body.wrongField(1, 'pt_levels', ptLevels, guestWidth === 4 ? '3 with width 4' : '4 with width 8');
	body.reserved(2, 6);
	return {name: 'X86_PV_INFO', guestWidth, ptLevels: guestWidth === 4 ? 3 : 4};
}

export function encodePvInfo({guestWidth, ptLevels}: PvInfo): Uint8Array {
	const {bytes} = newBody(LENGTH);
	bytes[0] = guestWidth;
	bytes[1] = ptLevels;
	return bytes;
}
