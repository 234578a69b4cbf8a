import {rejected, strictlyRejected} from '../helpers/bad-input.ts';
import {vector} from '../helpers/vectors.ts';
import {
	CHECKPOINT,
	checkpointRound,
	concat,
	END,
	hvm,
	hvmWith,
	imageHeader,
	PAGE,
	pageData,
	record,
	SECOND,
	STATIC_DATA_END,
	TSC,
	u32,
	VERIFY,
	zeros,
} from '../helpers/wire.ts';

rejected('C1 a malformed record in a later checkpoint', concat(vector('J'), record(8, zeros(8)), CHECKPOINT), 'ERR_RECORD_LENGTH', 8500);
strictlyRejected('C2 an optional record in a later checkpoint', concat(vector('J'), record(0x8000_0099), END), 'ERR_RECORD_UNKNOWN', 8496);
rejected('C3 an over-long record in a later checkpoint', concat(vector('J'), u32(9), u32(0xffff_ffff)), 'ERR_RECORD_TOO_LONG', 8500);
rejected('C4 STATIC_DATA_END again', concat(vector('J'), STATIC_DATA_END), 'ERR_RECORD_DUPLICATE', 8496);
rejected('C5 image header again', concat(vector('J'), imageHeader()), 'ERR_RECORD_TOO_LONG', 8500);
rejected('C6 VERIFY behind a checkpoint', concat(vector('J'), VERIFY), 'ERR_RECORD_UNEXPECTED', 8496);
rejected(
	'C6 CHECKPOINT behind VERIFY',
	hvm([STATIC_DATA_END, pageData([[0, 1, PAGE]]), VERIFY, checkpointRound()]),
	'ERR_RECORD_UNEXPECTED',
);
rejected('C6 VERIFY in a checkpointed stream', hvmWith(VERIFY), 'ERR_RECORD_UNEXPECTED', SECOND, {mode: 'checkpointed'});
rejected('a checkpoint without HVM_CONTEXT', concat(vector('J'), pageData([[0, 1, PAGE]]), TSC, CHECKPOINT), 'ERR_RECORD_MISSING');
