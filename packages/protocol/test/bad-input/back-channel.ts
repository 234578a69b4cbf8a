import {accepted, rejected} from '../helpers/bad-input.ts';
import {vector} from '../helpers/vectors.ts';
import {checkpointState, concat, record, zeros} from '../helpers/wire.ts';

const BACK = {begins: 'colo-back'} as const;
const WHOLE = vector('K');
/** Up to where the list of dirty pages must come. */
const BEFORE_LIST = WHOLE.subarray(0, 48);

rejected('O18 dirty list of 12', concat(BEFORE_LIST, record(0xf, zeros(12))), 'ERR_RECORD_LENGTH', 52, BACK);
rejected('O19 dirty pfn beyond the guest', WHOLE, 'ERR_PFN_RANGE', 72, {...BACK, pfnLimit: 3});
rejected('O20 another record than the dirty list', concat(BEFORE_LIST, checkpointState(2)), 'ERR_RECORD_UNEXPECTED', 48, BACK);
rejected('O24 no dirty list', BEFORE_LIST, 'ERR_STREAM_TRUNCATED', 48, BACK);
accepted('O24 an empty dirty list', concat(BEFORE_LIST, record(0xf)), BACK);
rejected('L18 NEW on the back channel', checkpointState(0), 'ERR_RECORD_UNEXPECTED', 0, BACK);
