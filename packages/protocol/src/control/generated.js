/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const sterna = $root.sterna = (() => {

    /**
     * Namespace sterna.
     * @exports sterna
     * @namespace
     */
    const sterna = {};

    sterna.control = (function() {

        /**
         * Namespace control.
         * @memberof sterna
         * @namespace
         */
        const control = {};

        control.ClientFrame = (function() {

            /**
             * Properties of a ClientFrame.
             * @typedef {Object} sterna.control.ClientFrame.$Properties
             * @property {number|null} [request] ClientFrame request
             * @property {sterna.control.Hello.$Properties|null} [hello] ClientFrame hello
             * @property {sterna.control.StartRequest.$Properties|null} [start] ClientFrame start
             * @property {sterna.control.MigrationCommand.$Properties|null} [command] ClientFrame command
             * @property {sterna.control.StatusRequest.$Properties|null} [status] ClientFrame status
             * @property {sterna.control.WatchRequest.$Properties|null} [watch] ClientFrame watch
             * @property {sterna.control.DomainListRequest.$Properties|null} [domainList] ClientFrame domainList
             * @property {sterna.control.DomainCreateRequest.$Properties|null} [domainCreate] ClientFrame domainCreate
             * @property {sterna.control.DomainCommand.$Properties|null} [domainCommand] ClientFrame domainCommand
             * @property {sterna.control.DomainOutputRequest.$Properties|null} [domainOutput] ClientFrame domainOutput
             * @property {sterna.control.SaveRequest.$Properties|null} [save] ClientFrame save
             * @property {sterna.control.RestoreRequest.$Properties|null} [restore] ClientFrame restore
             * @property {sterna.control.HostsRequest.$Properties|null} [hosts] ClientFrame hosts
             * @property {sterna.control.PrepareRequest.$Properties|null} [prepare] ClientFrame prepare
             * @property {sterna.control.GoRequest.$Properties|null} [go] ClientFrame go
             * @property {sterna.control.PeerAbort.$Properties|null} [peerAbort] ClientFrame peerAbort
             * @property {sterna.control.OutcomeQuery.$Properties|null} [outcome] ClientFrame outcome
             * @property {"hello"|"start"|"command"|"status"|"watch"|"domainList"|"domainCreate"|"domainCommand"|"domainOutput"|"save"|"restore"|"hosts"|"prepare"|"go"|"peerAbort"|"outcome"} [body] ClientFrame body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClientFrame.
             * @memberof sterna.control
             * @interface IClientFrame
             * @augments sterna.control.ClientFrame.$Properties
             * @deprecated Use sterna.control.ClientFrame.$Properties instead.
             */

            /**
             * Narrowed shape of a ClientFrame.
             * @typedef {{
             *   request?: number|null;
             *   hello?: sterna.control.Hello.$Shape|null;
             *   start?: sterna.control.StartRequest.$Shape|null;
             *   command?: sterna.control.MigrationCommand.$Shape|null;
             *   status?: sterna.control.StatusRequest.$Shape|null;
             *   watch?: sterna.control.WatchRequest.$Shape|null;
             *   domainList?: sterna.control.DomainListRequest.$Shape|null;
             *   domainCreate?: sterna.control.DomainCreateRequest.$Shape|null;
             *   domainCommand?: sterna.control.DomainCommand.$Shape|null;
             *   domainOutput?: sterna.control.DomainOutputRequest.$Shape|null;
             *   save?: sterna.control.SaveRequest.$Shape|null;
             *   restore?: sterna.control.RestoreRequest.$Shape|null;
             *   hosts?: sterna.control.HostsRequest.$Shape|null;
             *   prepare?: sterna.control.PrepareRequest.$Shape|null;
             *   go?: sterna.control.GoRequest.$Shape|null;
             *   peerAbort?: sterna.control.PeerAbort.$Shape|null;
             *   outcome?: sterna.control.OutcomeQuery.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "hello"; hello: sterna.control.Hello.$Shape; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "start"; hello?: null; start: sterna.control.StartRequest.$Shape; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "command"; hello?: null; start?: null; command: sterna.control.MigrationCommand.$Shape; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "status"; hello?: null; start?: null; command?: null; status: sterna.control.StatusRequest.$Shape; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "watch"; hello?: null; start?: null; command?: null; status?: null; watch: sterna.control.WatchRequest.$Shape; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainList"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList: sterna.control.DomainListRequest.$Shape; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainCreate"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate: sterna.control.DomainCreateRequest.$Shape; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainCommand"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand: sterna.control.DomainCommand.$Shape; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainOutput"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput: sterna.control.DomainOutputRequest.$Shape; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "save"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save: sterna.control.SaveRequest.$Shape; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "restore"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore: sterna.control.RestoreRequest.$Shape; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "hosts"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts: sterna.control.HostsRequest.$Shape; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "prepare"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare: sterna.control.PrepareRequest.$Shape; go?: null; peerAbort?: null; outcome?: null }|{ body?: "go"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go: sterna.control.GoRequest.$Shape; peerAbort?: null; outcome?: null }|{ body?: "peerAbort"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort: sterna.control.PeerAbort.$Shape; outcome?: null }|{ body?: "outcome"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome: sterna.control.OutcomeQuery.$Shape })
             * )} sterna.control.ClientFrame.$Shape
             */

            /**
             * Constructs a new ClientFrame.
             * @memberof sterna.control
             * @classdesc Represents a ClientFrame.
             * @constructor
             * @param {sterna.control.ClientFrame.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClientFrame = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClientFrame request.
             * @member {number} request
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.request = 0;

            /**
             * ClientFrame hello.
             * @member {sterna.control.Hello.$Properties|null|undefined} hello
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.hello = null;

            /**
             * ClientFrame start.
             * @member {sterna.control.StartRequest.$Properties|null|undefined} start
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.start = null;

            /**
             * ClientFrame command.
             * @member {sterna.control.MigrationCommand.$Properties|null|undefined} command
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.command = null;

            /**
             * ClientFrame status.
             * @member {sterna.control.StatusRequest.$Properties|null|undefined} status
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.status = null;

            /**
             * ClientFrame watch.
             * @member {sterna.control.WatchRequest.$Properties|null|undefined} watch
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.watch = null;

            /**
             * ClientFrame domainList.
             * @member {sterna.control.DomainListRequest.$Properties|null|undefined} domainList
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.domainList = null;

            /**
             * ClientFrame domainCreate.
             * @member {sterna.control.DomainCreateRequest.$Properties|null|undefined} domainCreate
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.domainCreate = null;

            /**
             * ClientFrame domainCommand.
             * @member {sterna.control.DomainCommand.$Properties|null|undefined} domainCommand
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.domainCommand = null;

            /**
             * ClientFrame domainOutput.
             * @member {sterna.control.DomainOutputRequest.$Properties|null|undefined} domainOutput
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.domainOutput = null;

            /**
             * ClientFrame save.
             * @member {sterna.control.SaveRequest.$Properties|null|undefined} save
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.save = null;

            /**
             * ClientFrame restore.
             * @member {sterna.control.RestoreRequest.$Properties|null|undefined} restore
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.restore = null;

            /**
             * ClientFrame hosts.
             * @member {sterna.control.HostsRequest.$Properties|null|undefined} hosts
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.hosts = null;

            /**
             * ClientFrame prepare.
             * @member {sterna.control.PrepareRequest.$Properties|null|undefined} prepare
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.prepare = null;

            /**
             * ClientFrame go.
             * @member {sterna.control.GoRequest.$Properties|null|undefined} go
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.go = null;

            /**
             * ClientFrame peerAbort.
             * @member {sterna.control.PeerAbort.$Properties|null|undefined} peerAbort
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.peerAbort = null;

            /**
             * ClientFrame outcome.
             * @member {sterna.control.OutcomeQuery.$Properties|null|undefined} outcome
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            ClientFrame.prototype.outcome = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ClientFrame body.
             * @member {"hello"|"start"|"command"|"status"|"watch"|"domainList"|"domainCreate"|"domainCommand"|"domainOutput"|"save"|"restore"|"hosts"|"prepare"|"go"|"peerAbort"|"outcome"|undefined} body
             * @memberof sterna.control.ClientFrame
             * @instance
             */
            $Object.defineProperty(ClientFrame.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "start", "command", "status", "watch", "domainList", "domainCreate", "domainCommand", "domainOutput", "save", "restore", "hosts", "prepare", "go", "peerAbort", "outcome"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified ClientFrame message. Does not implicitly {@link sterna.control.ClientFrame.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.ClientFrame
             * @static
             * @param {sterna.control.ClientFrame.$Properties} message ClientFrame message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClientFrame.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.sterna.control.Hello.encode(message.hello, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                    $root.sterna.control.StartRequest.encode(message.start, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.command != null && $Object.hasOwnProperty.call(message, "command"))
                    $root.sterna.control.MigrationCommand.encode(message.command, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.sterna.control.StatusRequest.encode(message.status, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.watch != null && $Object.hasOwnProperty.call(message, "watch"))
                    $root.sterna.control.WatchRequest.encode(message.watch, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.domainList != null && $Object.hasOwnProperty.call(message, "domainList"))
                    $root.sterna.control.DomainListRequest.encode(message.domainList, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.domainCreate != null && $Object.hasOwnProperty.call(message, "domainCreate"))
                    $root.sterna.control.DomainCreateRequest.encode(message.domainCreate, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.domainCommand != null && $Object.hasOwnProperty.call(message, "domainCommand"))
                    $root.sterna.control.DomainCommand.encode(message.domainCommand, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.domainOutput != null && $Object.hasOwnProperty.call(message, "domainOutput"))
                    $root.sterna.control.DomainOutputRequest.encode(message.domainOutput, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.save != null && $Object.hasOwnProperty.call(message, "save"))
                    $root.sterna.control.SaveRequest.encode(message.save, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.restore != null && $Object.hasOwnProperty.call(message, "restore"))
                    $root.sterna.control.RestoreRequest.encode(message.restore, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.hosts != null && $Object.hasOwnProperty.call(message, "hosts"))
                    $root.sterna.control.HostsRequest.encode(message.hosts, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.prepare != null && $Object.hasOwnProperty.call(message, "prepare"))
                    $root.sterna.control.PrepareRequest.encode(message.prepare, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
                if (message.go != null && $Object.hasOwnProperty.call(message, "go"))
                    $root.sterna.control.GoRequest.encode(message.go, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
                if (message.peerAbort != null && $Object.hasOwnProperty.call(message, "peerAbort"))
                    $root.sterna.control.PeerAbort.encode(message.peerAbort, writer.uint32(/* id 42, wireType 2 =*/338).fork(), _depth + 1).ldelim();
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                    $root.sterna.control.OutcomeQuery.encode(message.outcome, writer.uint32(/* id 43, wireType 2 =*/346).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClientFrame message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.ClientFrame
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.ClientFrame & sterna.control.ClientFrame.$Shape} ClientFrame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClientFrame.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.ClientFrame();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.sterna.control.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.body = "hello";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.start = $root.sterna.control.StartRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
                            message.body = "start";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.command = $root.sterna.control.MigrationCommand.decode(reader, reader.size(), $undefined, _depth + 1, message.command);
                            message.body = "command";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.sterna.control.StatusRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            message.body = "status";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.watch = $root.sterna.control.WatchRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.watch);
                            message.body = "watch";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.domainList = $root.sterna.control.DomainListRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainList);
                            message.body = "domainList";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.domainCreate = $root.sterna.control.DomainCreateRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainCreate);
                            message.body = "domainCreate";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.domainCommand = $root.sterna.control.DomainCommand.decode(reader, reader.size(), $undefined, _depth + 1, message.domainCommand);
                            message.body = "domainCommand";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.domainOutput = $root.sterna.control.DomainOutputRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainOutput);
                            message.body = "domainOutput";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.save = $root.sterna.control.SaveRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.save);
                            message.body = "save";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.restore = $root.sterna.control.RestoreRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.restore);
                            message.body = "restore";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.hosts = $root.sterna.control.HostsRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.hosts);
                            message.body = "hosts";
                            continue;
                        }
                    case 40: {
                            if (wireType !== 2)
                                break;
                            message.prepare = $root.sterna.control.PrepareRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.prepare);
                            message.body = "prepare";
                            continue;
                        }
                    case 41: {
                            if (wireType !== 2)
                                break;
                            message.go = $root.sterna.control.GoRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.go);
                            message.body = "go";
                            continue;
                        }
                    case 42: {
                            if (wireType !== 2)
                                break;
                            message.peerAbort = $root.sterna.control.PeerAbort.decode(reader, reader.size(), $undefined, _depth + 1, message.peerAbort);
                            message.body = "peerAbort";
                            continue;
                        }
                    case 43: {
                            if (wireType !== 2)
                                break;
                            message.outcome = $root.sterna.control.OutcomeQuery.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
                            message.body = "outcome";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ClientFrame
             * @function getTypeUrl
             * @memberof sterna.control.ClientFrame
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ClientFrame.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.ClientFrame";
            };

            return ClientFrame;
        })();

        control.ServerFrame = (function() {

            /**
             * Properties of a ServerFrame.
             * @typedef {Object} sterna.control.ServerFrame.$Properties
             * @property {number|null} [request] ServerFrame request
             * @property {sterna.control.Hello.$Properties|null} [hello] ServerFrame hello
             * @property {sterna.control.Fault.$Properties|null} [fault] ServerFrame fault
             * @property {sterna.control.Done.$Properties|null} [done] ServerFrame done
             * @property {sterna.control.MigrationStatus.$Properties|null} [migration] ServerFrame migration
             * @property {sterna.control.MigrationResult.$Properties|null} [result] ServerFrame result
             * @property {sterna.control.StatusReply.$Properties|null} [status] ServerFrame status
             * @property {sterna.control.DomainListReply.$Properties|null} [domainList] ServerFrame domainList
             * @property {sterna.control.DomainReply.$Properties|null} [domain] ServerFrame domain
             * @property {sterna.control.OutputChunk.$Properties|null} [output] ServerFrame output
             * @property {sterna.control.RestoreResult.$Properties|null} [restored] ServerFrame restored
             * @property {sterna.control.HostsReply.$Properties|null} [hosts] ServerFrame hosts
             * @property {sterna.control.PrepareReply.$Properties|null} [prepared] ServerFrame prepared
             * @property {sterna.control.ReadyEvent.$Properties|null} [ready] ServerFrame ready
             * @property {sterna.control.RunningReply.$Properties|null} [running] ServerFrame running
             * @property {sterna.control.ReceiverProgress.$Properties|null} [receiverProgress] ServerFrame receiverProgress
             * @property {sterna.control.OutcomeReply.$Properties|null} [outcome] ServerFrame outcome
             * @property {"hello"|"fault"|"done"|"migration"|"result"|"status"|"domainList"|"domain"|"output"|"restored"|"hosts"|"prepared"|"ready"|"running"|"receiverProgress"|"outcome"} [body] ServerFrame body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ServerFrame.
             * @memberof sterna.control
             * @interface IServerFrame
             * @augments sterna.control.ServerFrame.$Properties
             * @deprecated Use sterna.control.ServerFrame.$Properties instead.
             */

            /**
             * Narrowed shape of a ServerFrame.
             * @typedef {{
             *   request?: number|null;
             *   hello?: sterna.control.Hello.$Shape|null;
             *   fault?: sterna.control.Fault.$Shape|null;
             *   done?: sterna.control.Done.$Shape|null;
             *   migration?: sterna.control.MigrationStatus.$Shape|null;
             *   result?: sterna.control.MigrationResult.$Shape|null;
             *   status?: sterna.control.StatusReply.$Shape|null;
             *   domainList?: sterna.control.DomainListReply.$Shape|null;
             *   domain?: sterna.control.DomainReply.$Shape|null;
             *   output?: sterna.control.OutputChunk.$Shape|null;
             *   restored?: sterna.control.RestoreResult.$Shape|null;
             *   hosts?: sterna.control.HostsReply.$Shape|null;
             *   prepared?: sterna.control.PrepareReply.$Shape|null;
             *   ready?: sterna.control.ReadyEvent.$Shape|null;
             *   running?: sterna.control.RunningReply.$Shape|null;
             *   receiverProgress?: sterna.control.ReceiverProgress.$Shape|null;
             *   outcome?: sterna.control.OutcomeReply.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "hello"; hello: sterna.control.Hello.$Shape; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "fault"; hello?: null; fault: sterna.control.Fault.$Shape; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "done"; hello?: null; fault?: null; done: sterna.control.Done.$Shape; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "migration"; hello?: null; fault?: null; done?: null; migration: sterna.control.MigrationStatus.$Shape; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "result"; hello?: null; fault?: null; done?: null; migration?: null; result: sterna.control.MigrationResult.$Shape; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "status"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status: sterna.control.StatusReply.$Shape; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "domainList"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList: sterna.control.DomainListReply.$Shape; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "domain"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain: sterna.control.DomainReply.$Shape; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "output"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output: sterna.control.OutputChunk.$Shape; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "restored"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored: sterna.control.RestoreResult.$Shape; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "hosts"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts: sterna.control.HostsReply.$Shape; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "prepared"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared: sterna.control.PrepareReply.$Shape; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "ready"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready: sterna.control.ReadyEvent.$Shape; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "running"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running: sterna.control.RunningReply.$Shape; receiverProgress?: null; outcome?: null }|{ body?: "receiverProgress"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress: sterna.control.ReceiverProgress.$Shape; outcome?: null }|{ body?: "outcome"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome: sterna.control.OutcomeReply.$Shape })
             * )} sterna.control.ServerFrame.$Shape
             */

            /**
             * Constructs a new ServerFrame.
             * @memberof sterna.control
             * @classdesc Represents a ServerFrame.
             * @constructor
             * @param {sterna.control.ServerFrame.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ServerFrame = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ServerFrame request.
             * @member {number} request
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.request = 0;

            /**
             * ServerFrame hello.
             * @member {sterna.control.Hello.$Properties|null|undefined} hello
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.hello = null;

            /**
             * ServerFrame fault.
             * @member {sterna.control.Fault.$Properties|null|undefined} fault
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.fault = null;

            /**
             * ServerFrame done.
             * @member {sterna.control.Done.$Properties|null|undefined} done
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.done = null;

            /**
             * ServerFrame migration.
             * @member {sterna.control.MigrationStatus.$Properties|null|undefined} migration
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.migration = null;

            /**
             * ServerFrame result.
             * @member {sterna.control.MigrationResult.$Properties|null|undefined} result
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.result = null;

            /**
             * ServerFrame status.
             * @member {sterna.control.StatusReply.$Properties|null|undefined} status
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.status = null;

            /**
             * ServerFrame domainList.
             * @member {sterna.control.DomainListReply.$Properties|null|undefined} domainList
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.domainList = null;

            /**
             * ServerFrame domain.
             * @member {sterna.control.DomainReply.$Properties|null|undefined} domain
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.domain = null;

            /**
             * ServerFrame output.
             * @member {sterna.control.OutputChunk.$Properties|null|undefined} output
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.output = null;

            /**
             * ServerFrame restored.
             * @member {sterna.control.RestoreResult.$Properties|null|undefined} restored
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.restored = null;

            /**
             * ServerFrame hosts.
             * @member {sterna.control.HostsReply.$Properties|null|undefined} hosts
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.hosts = null;

            /**
             * ServerFrame prepared.
             * @member {sterna.control.PrepareReply.$Properties|null|undefined} prepared
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.prepared = null;

            /**
             * ServerFrame ready.
             * @member {sterna.control.ReadyEvent.$Properties|null|undefined} ready
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.ready = null;

            /**
             * ServerFrame running.
             * @member {sterna.control.RunningReply.$Properties|null|undefined} running
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.running = null;

            /**
             * ServerFrame receiverProgress.
             * @member {sterna.control.ReceiverProgress.$Properties|null|undefined} receiverProgress
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.receiverProgress = null;

            /**
             * ServerFrame outcome.
             * @member {sterna.control.OutcomeReply.$Properties|null|undefined} outcome
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            ServerFrame.prototype.outcome = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ServerFrame body.
             * @member {"hello"|"fault"|"done"|"migration"|"result"|"status"|"domainList"|"domain"|"output"|"restored"|"hosts"|"prepared"|"ready"|"running"|"receiverProgress"|"outcome"|undefined} body
             * @memberof sterna.control.ServerFrame
             * @instance
             */
            $Object.defineProperty(ServerFrame.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "fault", "done", "migration", "result", "status", "domainList", "domain", "output", "restored", "hosts", "prepared", "ready", "running", "receiverProgress", "outcome"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified ServerFrame message. Does not implicitly {@link sterna.control.ServerFrame.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.ServerFrame
             * @static
             * @param {sterna.control.ServerFrame.$Properties} message ServerFrame message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ServerFrame.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.sterna.control.Hello.encode(message.hello, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.fault != null && $Object.hasOwnProperty.call(message, "fault"))
                    $root.sterna.control.Fault.encode(message.fault, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
                    $root.sterna.control.Done.encode(message.done, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.migration != null && $Object.hasOwnProperty.call(message, "migration"))
                    $root.sterna.control.MigrationStatus.encode(message.migration, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    $root.sterna.control.MigrationResult.encode(message.result, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.sterna.control.StatusReply.encode(message.status, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.domainList != null && $Object.hasOwnProperty.call(message, "domainList"))
                    $root.sterna.control.DomainListReply.encode(message.domainList, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
                    $root.sterna.control.DomainReply.encode(message.domain, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.output != null && $Object.hasOwnProperty.call(message, "output"))
                    $root.sterna.control.OutputChunk.encode(message.output, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.restored != null && $Object.hasOwnProperty.call(message, "restored"))
                    $root.sterna.control.RestoreResult.encode(message.restored, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.hosts != null && $Object.hasOwnProperty.call(message, "hosts"))
                    $root.sterna.control.HostsReply.encode(message.hosts, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared"))
                    $root.sterna.control.PrepareReply.encode(message.prepared, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
                if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                    $root.sterna.control.ReadyEvent.encode(message.ready, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
                if (message.running != null && $Object.hasOwnProperty.call(message, "running"))
                    $root.sterna.control.RunningReply.encode(message.running, writer.uint32(/* id 42, wireType 2 =*/338).fork(), _depth + 1).ldelim();
                if (message.receiverProgress != null && $Object.hasOwnProperty.call(message, "receiverProgress"))
                    $root.sterna.control.ReceiverProgress.encode(message.receiverProgress, writer.uint32(/* id 43, wireType 2 =*/346).fork(), _depth + 1).ldelim();
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                    $root.sterna.control.OutcomeReply.encode(message.outcome, writer.uint32(/* id 44, wireType 2 =*/354).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ServerFrame message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.ServerFrame
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.ServerFrame & sterna.control.ServerFrame.$Shape} ServerFrame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ServerFrame.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.ServerFrame();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.sterna.control.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.body = "hello";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.fault = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.fault);
                            message.body = "fault";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.done = $root.sterna.control.Done.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                            message.body = "done";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.migration = $root.sterna.control.MigrationStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.migration);
                            message.body = "migration";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.result = $root.sterna.control.MigrationResult.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
                            message.body = "result";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.sterna.control.StatusReply.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            message.body = "status";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.domainList = $root.sterna.control.DomainListReply.decode(reader, reader.size(), $undefined, _depth + 1, message.domainList);
                            message.body = "domainList";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.domain = $root.sterna.control.DomainReply.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
                            message.body = "domain";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.output = $root.sterna.control.OutputChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.output);
                            message.body = "output";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.restored = $root.sterna.control.RestoreResult.decode(reader, reader.size(), $undefined, _depth + 1, message.restored);
                            message.body = "restored";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.hosts = $root.sterna.control.HostsReply.decode(reader, reader.size(), $undefined, _depth + 1, message.hosts);
                            message.body = "hosts";
                            continue;
                        }
                    case 40: {
                            if (wireType !== 2)
                                break;
                            message.prepared = $root.sterna.control.PrepareReply.decode(reader, reader.size(), $undefined, _depth + 1, message.prepared);
                            message.body = "prepared";
                            continue;
                        }
                    case 41: {
                            if (wireType !== 2)
                                break;
                            message.ready = $root.sterna.control.ReadyEvent.decode(reader, reader.size(), $undefined, _depth + 1, message.ready);
                            message.body = "ready";
                            continue;
                        }
                    case 42: {
                            if (wireType !== 2)
                                break;
                            message.running = $root.sterna.control.RunningReply.decode(reader, reader.size(), $undefined, _depth + 1, message.running);
                            message.body = "running";
                            continue;
                        }
                    case 43: {
                            if (wireType !== 2)
                                break;
                            message.receiverProgress = $root.sterna.control.ReceiverProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.receiverProgress);
                            message.body = "receiverProgress";
                            continue;
                        }
                    case 44: {
                            if (wireType !== 2)
                                break;
                            message.outcome = $root.sterna.control.OutcomeReply.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
                            message.body = "outcome";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ServerFrame
             * @function getTypeUrl
             * @memberof sterna.control.ServerFrame
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ServerFrame.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.ServerFrame";
            };

            return ServerFrame;
        })();

        control.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} sterna.control.Hello.$Properties
             * @property {number|null} [versionMin] Hello versionMin
             * @property {number|null} [versionMax] Hello versionMax
             * @property {string|null} [software] Hello software
             * @property {string|null} [host] Hello host
             * @property {string|null} [role] Hello role
             * @property {Array.<string>|null} [features] Hello features
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof sterna.control
             * @interface IHello
             * @augments sterna.control.Hello.$Properties
             * @deprecated Use sterna.control.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {sterna.control.Hello.$Properties} sterna.control.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof sterna.control
             * @classdesc Represents a Hello.
             * @constructor
             * @param {sterna.control.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello versionMin.
             * @member {number} versionMin
             * @memberof sterna.control.Hello
             * @instance
             */
            Hello.prototype.versionMin = 0;

            /**
             * Hello versionMax.
             * @member {number} versionMax
             * @memberof sterna.control.Hello
             * @instance
             */
            Hello.prototype.versionMax = 0;

            /**
             * Hello software.
             * @member {string} software
             * @memberof sterna.control.Hello
             * @instance
             */
            Hello.prototype.software = "";

            /**
             * Hello host.
             * @member {string} host
             * @memberof sterna.control.Hello
             * @instance
             */
            Hello.prototype.host = "";

            /**
             * Hello role.
             * @member {string} role
             * @memberof sterna.control.Hello
             * @instance
             */
            Hello.prototype.role = "";

            /**
             * Hello features.
             * @member {Array.<string>} features
             * @memberof sterna.control.Hello
             * @instance
             */
            Hello.prototype.features = $util.emptyArray;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link sterna.control.Hello.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.Hello
             * @static
             * @param {sterna.control.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.versionMin != null && $Object.hasOwnProperty.call(message, "versionMin") && message.versionMin !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.versionMin);
                if (message.versionMax != null && $Object.hasOwnProperty.call(message, "versionMax") && message.versionMax !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.versionMax);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.software);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.host);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.role);
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.features[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.Hello & sterna.control.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.versionMin = value;
                            else
                                delete message.versionMin;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.versionMax = value;
                            else
                                delete message.versionMax;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.software = value;
                            else
                                delete message.software;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Hello
             * @function getTypeUrl
             * @memberof sterna.control.Hello
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Hello.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.Hello";
            };

            return Hello;
        })();

        control.Fault = (function() {

            /**
             * Properties of a Fault.
             * @typedef {Object} sterna.control.Fault.$Properties
             * @property {string|null} [code] Fault code
             * @property {string|null} [message] Fault message
             * @property {string|null} [side] Fault side
             * @property {string|null} [phase] Fault phase
             * @property {string|null} [runsOnHost] Fault runsOnHost
             * @property {string|null} [runsOnKind] Fault runsOnKind
             * @property {string|null} [next] Fault next
             * @property {Array.<string>|null} [causes] Fault causes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Fault.
             * @memberof sterna.control
             * @interface IFault
             * @augments sterna.control.Fault.$Properties
             * @deprecated Use sterna.control.Fault.$Properties instead.
             */

            /**
             * Shape of a Fault.
             * @typedef {sterna.control.Fault.$Properties} sterna.control.Fault.$Shape
             */

            /**
             * Constructs a new Fault.
             * @memberof sterna.control
             * @classdesc Represents a Fault.
             * @constructor
             * @param {sterna.control.Fault.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Fault = function (properties) {
                this.causes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Fault code.
             * @member {string} code
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.code = "";

            /**
             * Fault message.
             * @member {string} message
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.message = "";

            /**
             * Fault side.
             * @member {string} side
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.side = "";

            /**
             * Fault phase.
             * @member {string} phase
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.phase = "";

            /**
             * Fault runsOnHost.
             * @member {string} runsOnHost
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.runsOnHost = "";

            /**
             * Fault runsOnKind.
             * @member {string} runsOnKind
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.runsOnKind = "";

            /**
             * Fault next.
             * @member {string} next
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.next = "";

            /**
             * Fault causes.
             * @member {Array.<string>} causes
             * @memberof sterna.control.Fault
             * @instance
             */
            Fault.prototype.causes = $util.emptyArray;

            /**
             * Encodes the specified Fault message. Does not implicitly {@link sterna.control.Fault.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.Fault
             * @static
             * @param {sterna.control.Fault.$Properties} message Fault message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Fault.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.side != null && $Object.hasOwnProperty.call(message, "side") && message.side !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.side);
                if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.phase);
                if (message.runsOnHost != null && $Object.hasOwnProperty.call(message, "runsOnHost") && message.runsOnHost !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.runsOnHost);
                if (message.runsOnKind != null && $Object.hasOwnProperty.call(message, "runsOnKind") && message.runsOnKind !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.runsOnKind);
                if (message.next != null && $Object.hasOwnProperty.call(message, "next") && message.next !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.next);
                if (message.causes != null && message.causes.length)
                    for (let i = 0; i < message.causes.length; ++i)
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.causes[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Fault message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.Fault
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.Fault & sterna.control.Fault.$Shape} Fault
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Fault.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.Fault();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.side = value;
                            else
                                delete message.side;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.phase = value;
                            else
                                delete message.phase;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runsOnHost = value;
                            else
                                delete message.runsOnHost;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runsOnKind = value;
                            else
                                delete message.runsOnKind;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.next = value;
                            else
                                delete message.next;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.causes && message.causes.length))
                                message.causes = [];
                            message.causes.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Fault
             * @function getTypeUrl
             * @memberof sterna.control.Fault
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Fault.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.Fault";
            };

            return Fault;
        })();

        control.Done = (function() {

            /**
             * Properties of a Done.
             * @typedef {Object} sterna.control.Done.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Done.
             * @memberof sterna.control
             * @interface IDone
             * @augments sterna.control.Done.$Properties
             * @deprecated Use sterna.control.Done.$Properties instead.
             */

            /**
             * Shape of a Done.
             * @typedef {sterna.control.Done.$Properties} sterna.control.Done.$Shape
             */

            /**
             * Constructs a new Done.
             * @memberof sterna.control
             * @classdesc Represents a Done.
             * @constructor
             * @param {sterna.control.Done.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Done = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Done message. Does not implicitly {@link sterna.control.Done.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.Done
             * @static
             * @param {sterna.control.Done.$Properties} message Done message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Done.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Done message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.Done
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.Done & sterna.control.Done.$Shape} Done
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Done.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.Done();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Done
             * @function getTypeUrl
             * @memberof sterna.control.Done
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Done.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.Done";
            };

            return Done;
        })();

        control.StartRequest = (function() {

            /**
             * Properties of a StartRequest.
             * @typedef {Object} sterna.control.StartRequest.$Properties
             * @property {string|null} [domain] StartRequest domain
             * @property {string|null} [host] StartRequest host
             * @property {boolean|null} [detach] StartRequest detach
             * @property {string|null} [stream] StartRequest stream
             * @property {string|null} [tee] StartRequest tee
             * @property {sterna.control.PolicyLimits.$Properties|null} [limits] StartRequest limits
             * @property {boolean|null} [paused] StartRequest paused
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StartRequest.
             * @memberof sterna.control
             * @interface IStartRequest
             * @augments sterna.control.StartRequest.$Properties
             * @deprecated Use sterna.control.StartRequest.$Properties instead.
             */

            /**
             * Shape of a StartRequest.
             * @typedef {sterna.control.StartRequest.$Properties} sterna.control.StartRequest.$Shape
             */

            /**
             * Constructs a new StartRequest.
             * @memberof sterna.control
             * @classdesc Represents a StartRequest.
             * @constructor
             * @param {sterna.control.StartRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StartRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StartRequest domain.
             * @member {string} domain
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.domain = "";

            /**
             * StartRequest host.
             * @member {string} host
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.host = "";

            /**
             * StartRequest detach.
             * @member {boolean} detach
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.detach = false;

            /**
             * StartRequest stream.
             * @member {string} stream
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.stream = "";

            /**
             * StartRequest tee.
             * @member {string} tee
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.tee = "";

            /**
             * StartRequest limits.
             * @member {sterna.control.PolicyLimits.$Properties|null|undefined} limits
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.limits = null;

            /**
             * StartRequest paused.
             * @member {boolean} paused
             * @memberof sterna.control.StartRequest
             * @instance
             */
            StartRequest.prototype.paused = false;

            /**
             * Encodes the specified StartRequest message. Does not implicitly {@link sterna.control.StartRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.StartRequest
             * @static
             * @param {sterna.control.StartRequest.$Properties} message StartRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StartRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.domain);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.detach != null && $Object.hasOwnProperty.call(message, "detach") && message.detach !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.detach);
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.stream);
                if (message.tee != null && $Object.hasOwnProperty.call(message, "tee") && message.tee !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.tee);
                if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
                    $root.sterna.control.PolicyLimits.encode(message.limits, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.paused);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StartRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.StartRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.StartRequest & sterna.control.StartRequest.$Shape} StartRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StartRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.StartRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.domain = value;
                            else
                                delete message.domain;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.detach = value;
                            else
                                delete message.detach;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.stream = value;
                            else
                                delete message.stream;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tee = value;
                            else
                                delete message.tee;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.limits = $root.sterna.control.PolicyLimits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.paused = value;
                            else
                                delete message.paused;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for StartRequest
             * @function getTypeUrl
             * @memberof sterna.control.StartRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            StartRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.StartRequest";
            };

            return StartRequest;
        })();

        control.PolicyLimits = (function() {

            /**
             * Properties of a PolicyLimits.
             * @typedef {Object} sterna.control.PolicyLimits.$Properties
             * @property {number|null} [maxIterations] PolicyLimits maxIterations
             * @property {number|null} [dirtyThresholdPages] PolicyLimits dirtyThresholdPages
             * @property {number|null} [maxDowntimeMs] PolicyLimits maxDowntimeMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicyLimits.
             * @memberof sterna.control
             * @interface IPolicyLimits
             * @augments sterna.control.PolicyLimits.$Properties
             * @deprecated Use sterna.control.PolicyLimits.$Properties instead.
             */

            /**
             * Shape of a PolicyLimits.
             * @typedef {sterna.control.PolicyLimits.$Properties} sterna.control.PolicyLimits.$Shape
             */

            /**
             * Constructs a new PolicyLimits.
             * @memberof sterna.control
             * @classdesc Represents a PolicyLimits.
             * @constructor
             * @param {sterna.control.PolicyLimits.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicyLimits = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PolicyLimits maxIterations.
             * @member {number|null|undefined} maxIterations
             * @memberof sterna.control.PolicyLimits
             * @instance
             */
            PolicyLimits.prototype.maxIterations = null;

            /**
             * PolicyLimits dirtyThresholdPages.
             * @member {number|null|undefined} dirtyThresholdPages
             * @memberof sterna.control.PolicyLimits
             * @instance
             */
            PolicyLimits.prototype.dirtyThresholdPages = null;

            /**
             * PolicyLimits maxDowntimeMs.
             * @member {number|null|undefined} maxDowntimeMs
             * @memberof sterna.control.PolicyLimits
             * @instance
             */
            PolicyLimits.prototype.maxDowntimeMs = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PolicyLimits.prototype, "_maxIterations", {
                get: $util.oneOfGetter($oneOfFields = ["maxIterations"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PolicyLimits.prototype, "_dirtyThresholdPages", {
                get: $util.oneOfGetter($oneOfFields = ["dirtyThresholdPages"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PolicyLimits.prototype, "_maxDowntimeMs", {
                get: $util.oneOfGetter($oneOfFields = ["maxDowntimeMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified PolicyLimits message. Does not implicitly {@link sterna.control.PolicyLimits.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.PolicyLimits
             * @static
             * @param {sterna.control.PolicyLimits.$Properties} message PolicyLimits message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicyLimits.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.maxIterations != null && $Object.hasOwnProperty.call(message, "maxIterations"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.maxIterations);
                if (message.dirtyThresholdPages != null && $Object.hasOwnProperty.call(message, "dirtyThresholdPages"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.dirtyThresholdPages);
                if (message.maxDowntimeMs != null && $Object.hasOwnProperty.call(message, "maxDowntimeMs"))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.maxDowntimeMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicyLimits message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.PolicyLimits
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.PolicyLimits & sterna.control.PolicyLimits.$Shape} PolicyLimits
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicyLimits.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.PolicyLimits();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.maxIterations = reader.uint32();
                            message._maxIterations = "maxIterations";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.dirtyThresholdPages = reader.uint32();
                            message._dirtyThresholdPages = "dirtyThresholdPages";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.maxDowntimeMs = reader.double();
                            message._maxDowntimeMs = "maxDowntimeMs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for PolicyLimits
             * @function getTypeUrl
             * @memberof sterna.control.PolicyLimits
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PolicyLimits.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.PolicyLimits";
            };

            return PolicyLimits;
        })();

        control.MigrationCommand = (function() {

            /**
             * Properties of a MigrationCommand.
             * @typedef {Object} sterna.control.MigrationCommand.$Properties
             * @property {string|null} [id] MigrationCommand id
             * @property {sterna.control.MigrationCommand.Action|null} [action] MigrationCommand action
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MigrationCommand.
             * @memberof sterna.control
             * @interface IMigrationCommand
             * @augments sterna.control.MigrationCommand.$Properties
             * @deprecated Use sterna.control.MigrationCommand.$Properties instead.
             */

            /**
             * Shape of a MigrationCommand.
             * @typedef {sterna.control.MigrationCommand.$Properties} sterna.control.MigrationCommand.$Shape
             */

            /**
             * Constructs a new MigrationCommand.
             * @memberof sterna.control
             * @classdesc Represents a MigrationCommand.
             * @constructor
             * @param {sterna.control.MigrationCommand.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MigrationCommand = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MigrationCommand id.
             * @member {string} id
             * @memberof sterna.control.MigrationCommand
             * @instance
             */
            MigrationCommand.prototype.id = "";

            /**
             * MigrationCommand action.
             * @member {sterna.control.MigrationCommand.Action} action
             * @memberof sterna.control.MigrationCommand
             * @instance
             */
            MigrationCommand.prototype.action = 0;

            /**
             * Encodes the specified MigrationCommand message. Does not implicitly {@link sterna.control.MigrationCommand.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.MigrationCommand
             * @static
             * @param {sterna.control.MigrationCommand.$Properties} message MigrationCommand message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MigrationCommand.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.action);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MigrationCommand message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.MigrationCommand
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.MigrationCommand & sterna.control.MigrationCommand.$Shape} MigrationCommand
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MigrationCommand.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.MigrationCommand();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for MigrationCommand
             * @function getTypeUrl
             * @memberof sterna.control.MigrationCommand
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MigrationCommand.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.MigrationCommand";
            };

            /**
             * Action enum.
             * @name sterna.control.MigrationCommand.Action
             * @enum {number}
             * @property {number} NONE=0 NONE value
             * @property {number} ABORT=1 ABORT value
             * @property {number} STOP_AND_COPY=2 STOP_AND_COPY value
             */
            MigrationCommand.Action = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "NONE"] = 0;
                values[valuesById[1] = "ABORT"] = 1;
                values[valuesById[2] = "STOP_AND_COPY"] = 2;
                return values;
            })();

            return MigrationCommand;
        })();

        control.StatusRequest = (function() {

            /**
             * Properties of a StatusRequest.
             * @typedef {Object} sterna.control.StatusRequest.$Properties
             * @property {string|null} [id] StatusRequest id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StatusRequest.
             * @memberof sterna.control
             * @interface IStatusRequest
             * @augments sterna.control.StatusRequest.$Properties
             * @deprecated Use sterna.control.StatusRequest.$Properties instead.
             */

            /**
             * Shape of a StatusRequest.
             * @typedef {sterna.control.StatusRequest.$Properties} sterna.control.StatusRequest.$Shape
             */

            /**
             * Constructs a new StatusRequest.
             * @memberof sterna.control
             * @classdesc Represents a StatusRequest.
             * @constructor
             * @param {sterna.control.StatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StatusRequest id.
             * @member {string} id
             * @memberof sterna.control.StatusRequest
             * @instance
             */
            StatusRequest.prototype.id = "";

            /**
             * Encodes the specified StatusRequest message. Does not implicitly {@link sterna.control.StatusRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.StatusRequest
             * @static
             * @param {sterna.control.StatusRequest.$Properties} message StatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.StatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.StatusRequest & sterna.control.StatusRequest.$Shape} StatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StatusRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.StatusRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for StatusRequest
             * @function getTypeUrl
             * @memberof sterna.control.StatusRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            StatusRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.StatusRequest";
            };

            return StatusRequest;
        })();

        control.StatusReply = (function() {

            /**
             * Properties of a StatusReply.
             * @typedef {Object} sterna.control.StatusReply.$Properties
             * @property {Array.<sterna.control.MigrationStatus.$Properties>|null} [migrations] StatusReply migrations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StatusReply.
             * @memberof sterna.control
             * @interface IStatusReply
             * @augments sterna.control.StatusReply.$Properties
             * @deprecated Use sterna.control.StatusReply.$Properties instead.
             */

            /**
             * Shape of a StatusReply.
             * @typedef {sterna.control.StatusReply.$Properties} sterna.control.StatusReply.$Shape
             */

            /**
             * Constructs a new StatusReply.
             * @memberof sterna.control
             * @classdesc Represents a StatusReply.
             * @constructor
             * @param {sterna.control.StatusReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StatusReply = function (properties) {
                this.migrations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StatusReply migrations.
             * @member {Array.<sterna.control.MigrationStatus.$Properties>} migrations
             * @memberof sterna.control.StatusReply
             * @instance
             */
            StatusReply.prototype.migrations = $util.emptyArray;

            /**
             * Encodes the specified StatusReply message. Does not implicitly {@link sterna.control.StatusReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.StatusReply
             * @static
             * @param {sterna.control.StatusReply.$Properties} message StatusReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StatusReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.migrations != null && message.migrations.length)
                    for (let i = 0; i < message.migrations.length; ++i)
                        $root.sterna.control.MigrationStatus.encode(message.migrations[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StatusReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.StatusReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.StatusReply & sterna.control.StatusReply.$Shape} StatusReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StatusReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.StatusReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.migrations && message.migrations.length))
                                message.migrations = [];
                            message.migrations.push($root.sterna.control.MigrationStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for StatusReply
             * @function getTypeUrl
             * @memberof sterna.control.StatusReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            StatusReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.StatusReply";
            };

            return StatusReply;
        })();

        control.WatchRequest = (function() {

            /**
             * Properties of a WatchRequest.
             * @typedef {Object} sterna.control.WatchRequest.$Properties
             * @property {string|null} [id] WatchRequest id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WatchRequest.
             * @memberof sterna.control
             * @interface IWatchRequest
             * @augments sterna.control.WatchRequest.$Properties
             * @deprecated Use sterna.control.WatchRequest.$Properties instead.
             */

            /**
             * Shape of a WatchRequest.
             * @typedef {sterna.control.WatchRequest.$Properties} sterna.control.WatchRequest.$Shape
             */

            /**
             * Constructs a new WatchRequest.
             * @memberof sterna.control
             * @classdesc Represents a WatchRequest.
             * @constructor
             * @param {sterna.control.WatchRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WatchRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * WatchRequest id.
             * @member {string} id
             * @memberof sterna.control.WatchRequest
             * @instance
             */
            WatchRequest.prototype.id = "";

            /**
             * Encodes the specified WatchRequest message. Does not implicitly {@link sterna.control.WatchRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.WatchRequest
             * @static
             * @param {sterna.control.WatchRequest.$Properties} message WatchRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WatchRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a WatchRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.WatchRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.WatchRequest & sterna.control.WatchRequest.$Shape} WatchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WatchRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.WatchRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for WatchRequest
             * @function getTypeUrl
             * @memberof sterna.control.WatchRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            WatchRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.WatchRequest";
            };

            return WatchRequest;
        })();

        control.MigrationStatus = (function() {

            /**
             * Properties of a MigrationStatus.
             * @typedef {Object} sterna.control.MigrationStatus.$Properties
             * @property {string|null} [id] MigrationStatus id
             * @property {string|null} [domain] MigrationStatus domain
             * @property {string|null} [direction] MigrationStatus direction
             * @property {string|null} [peer] MigrationStatus peer
             * @property {string|null} [phase] MigrationStatus phase
             * @property {number|null} [iteration] MigrationStatus iteration
             * @property {number|null} [totalPages] MigrationStatus totalPages
             * @property {number|null} [pagesSent] MigrationStatus pagesSent
             * @property {number|null} [bytesSent] MigrationStatus bytesSent
             * @property {number|null} [dirtyPages] MigrationStatus dirtyPages
             * @property {number|null} [remainingPages] MigrationStatus remainingPages
             * @property {number|null} [elapsedMs] MigrationStatus elapsedMs
             * @property {number|null} [bandwidthBytesPerSecond] MigrationStatus bandwidthBytesPerSecond
             * @property {number|null} [dirtyBytesPerSecond] MigrationStatus dirtyBytesPerSecond
             * @property {number|null} [expectedDowntimeMs] MigrationStatus expectedDowntimeMs
             * @property {string|null} [tracker] MigrationStatus tracker
             * @property {string|null} [reason] MigrationStatus reason
             * @property {sterna.control.MigrationResult.$Properties|null} [result] MigrationStatus result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MigrationStatus.
             * @memberof sterna.control
             * @interface IMigrationStatus
             * @augments sterna.control.MigrationStatus.$Properties
             * @deprecated Use sterna.control.MigrationStatus.$Properties instead.
             */

            /**
             * Shape of a MigrationStatus.
             * @typedef {sterna.control.MigrationStatus.$Properties} sterna.control.MigrationStatus.$Shape
             */

            /**
             * Constructs a new MigrationStatus.
             * @memberof sterna.control
             * @classdesc Represents a MigrationStatus.
             * @constructor
             * @param {sterna.control.MigrationStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MigrationStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MigrationStatus id.
             * @member {string} id
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.id = "";

            /**
             * MigrationStatus domain.
             * @member {string} domain
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.domain = "";

            /**
             * MigrationStatus direction.
             * @member {string} direction
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.direction = "";

            /**
             * MigrationStatus peer.
             * @member {string} peer
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.peer = "";

            /**
             * MigrationStatus phase.
             * @member {string} phase
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.phase = "";

            /**
             * MigrationStatus iteration.
             * @member {number} iteration
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.iteration = 0;

            /**
             * MigrationStatus totalPages.
             * @member {number} totalPages
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.totalPages = 0;

            /**
             * MigrationStatus pagesSent.
             * @member {number} pagesSent
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.pagesSent = 0;

            /**
             * MigrationStatus bytesSent.
             * @member {number} bytesSent
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.bytesSent = 0;

            /**
             * MigrationStatus dirtyPages.
             * @member {number|null|undefined} dirtyPages
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.dirtyPages = null;

            /**
             * MigrationStatus remainingPages.
             * @member {number} remainingPages
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.remainingPages = 0;

            /**
             * MigrationStatus elapsedMs.
             * @member {number} elapsedMs
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.elapsedMs = 0;

            /**
             * MigrationStatus bandwidthBytesPerSecond.
             * @member {number} bandwidthBytesPerSecond
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.bandwidthBytesPerSecond = 0;

            /**
             * MigrationStatus dirtyBytesPerSecond.
             * @member {number} dirtyBytesPerSecond
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.dirtyBytesPerSecond = 0;

            /**
             * MigrationStatus expectedDowntimeMs.
             * @member {number|null|undefined} expectedDowntimeMs
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.expectedDowntimeMs = null;

            /**
             * MigrationStatus tracker.
             * @member {string} tracker
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.tracker = "";

            /**
             * MigrationStatus reason.
             * @member {string} reason
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.reason = "";

            /**
             * MigrationStatus result.
             * @member {sterna.control.MigrationResult.$Properties|null|undefined} result
             * @memberof sterna.control.MigrationStatus
             * @instance
             */
            MigrationStatus.prototype.result = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(MigrationStatus.prototype, "_dirtyPages", {
                get: $util.oneOfGetter($oneOfFields = ["dirtyPages"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(MigrationStatus.prototype, "_expectedDowntimeMs", {
                get: $util.oneOfGetter($oneOfFields = ["expectedDowntimeMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified MigrationStatus message. Does not implicitly {@link sterna.control.MigrationStatus.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.MigrationStatus
             * @static
             * @param {sterna.control.MigrationStatus.$Properties} message MigrationStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MigrationStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.domain);
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.direction);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.peer);
                if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.phase);
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && message.iteration !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.iteration);
                if (message.totalPages != null && $Object.hasOwnProperty.call(message, "totalPages") && !$Object.is(message.totalPages, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.totalPages);
                if (message.pagesSent != null && $Object.hasOwnProperty.call(message, "pagesSent") && !$Object.is(message.pagesSent, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.pagesSent);
                if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && !$Object.is(message.bytesSent, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.bytesSent);
                if (message.dirtyPages != null && $Object.hasOwnProperty.call(message, "dirtyPages"))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.dirtyPages);
                if (message.remainingPages != null && $Object.hasOwnProperty.call(message, "remainingPages") && !$Object.is(message.remainingPages, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.remainingPages);
                if (message.elapsedMs != null && $Object.hasOwnProperty.call(message, "elapsedMs") && !$Object.is(message.elapsedMs, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.elapsedMs);
                if (message.bandwidthBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthBytesPerSecond") && !$Object.is(message.bandwidthBytesPerSecond, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.bandwidthBytesPerSecond);
                if (message.dirtyBytesPerSecond != null && $Object.hasOwnProperty.call(message, "dirtyBytesPerSecond") && !$Object.is(message.dirtyBytesPerSecond, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.dirtyBytesPerSecond);
                if (message.expectedDowntimeMs != null && $Object.hasOwnProperty.call(message, "expectedDowntimeMs"))
                    writer.uint32(/* id 15, wireType 1 =*/121).double(message.expectedDowntimeMs);
                if (message.tracker != null && $Object.hasOwnProperty.call(message, "tracker") && message.tracker !== "")
                    writer.uint32(/* id 16, wireType 2 =*/130).string(message.tracker);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 17, wireType 2 =*/138).string(message.reason);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    $root.sterna.control.MigrationResult.encode(message.result, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MigrationStatus message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.MigrationStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.MigrationStatus & sterna.control.MigrationStatus.$Shape} MigrationStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MigrationStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.MigrationStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.domain = value;
                            else
                                delete message.domain;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.peer = value;
                            else
                                delete message.peer;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.phase = value;
                            else
                                delete message.phase;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.totalPages = value;
                            else
                                delete message.totalPages;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pagesSent = value;
                            else
                                delete message.pagesSent;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytesSent = value;
                            else
                                delete message.bytesSent;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            message.dirtyPages = reader.double();
                            message._dirtyPages = "dirtyPages";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.remainingPages = value;
                            else
                                delete message.remainingPages;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.elapsedMs = value;
                            else
                                delete message.elapsedMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bandwidthBytesPerSecond = value;
                            else
                                delete message.bandwidthBytesPerSecond;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.dirtyBytesPerSecond = value;
                            else
                                delete message.dirtyBytesPerSecond;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 1)
                                break;
                            message.expectedDowntimeMs = reader.double();
                            message._expectedDowntimeMs = "expectedDowntimeMs";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tracker = value;
                            else
                                delete message.tracker;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.result = $root.sterna.control.MigrationResult.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for MigrationStatus
             * @function getTypeUrl
             * @memberof sterna.control.MigrationStatus
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MigrationStatus.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.MigrationStatus";
            };

            return MigrationStatus;
        })();

        control.MigrationResult = (function() {

            /**
             * Properties of a MigrationResult.
             * @typedef {Object} sterna.control.MigrationResult.$Properties
             * @property {string|null} [id] MigrationResult id
             * @property {string|null} [domain] MigrationResult domain
             * @property {string|null} [outcome] MigrationResult outcome
             * @property {string|null} [runsOn] MigrationResult runsOn
             * @property {number|null} [totalMs] MigrationResult totalMs
             * @property {number|null} [downtimeMs] MigrationResult downtimeMs
             * @property {number|null} [iterations] MigrationResult iterations
             * @property {number|null} [pagesSent] MigrationResult pagesSent
             * @property {number|null} [bytesSent] MigrationResult bytesSent
             * @property {sterna.control.Fault.$Properties|null} [error] MigrationResult error
             * @property {sterna.control.DowntimeParts.$Properties|null} [downtimeParts] MigrationResult downtimeParts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MigrationResult.
             * @memberof sterna.control
             * @interface IMigrationResult
             * @augments sterna.control.MigrationResult.$Properties
             * @deprecated Use sterna.control.MigrationResult.$Properties instead.
             */

            /**
             * Shape of a MigrationResult.
             * @typedef {sterna.control.MigrationResult.$Properties} sterna.control.MigrationResult.$Shape
             */

            /**
             * Constructs a new MigrationResult.
             * @memberof sterna.control
             * @classdesc Represents a MigrationResult.
             * @constructor
             * @param {sterna.control.MigrationResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MigrationResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MigrationResult id.
             * @member {string} id
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.id = "";

            /**
             * MigrationResult domain.
             * @member {string} domain
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.domain = "";

            /**
             * MigrationResult outcome.
             * @member {string} outcome
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.outcome = "";

            /**
             * MigrationResult runsOn.
             * @member {string} runsOn
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.runsOn = "";

            /**
             * MigrationResult totalMs.
             * @member {number} totalMs
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.totalMs = 0;

            /**
             * MigrationResult downtimeMs.
             * @member {number|null|undefined} downtimeMs
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.downtimeMs = null;

            /**
             * MigrationResult iterations.
             * @member {number} iterations
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.iterations = 0;

            /**
             * MigrationResult pagesSent.
             * @member {number} pagesSent
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.pagesSent = 0;

            /**
             * MigrationResult bytesSent.
             * @member {number} bytesSent
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.bytesSent = 0;

            /**
             * MigrationResult error.
             * @member {sterna.control.Fault.$Properties|null|undefined} error
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.error = null;

            /**
             * MigrationResult downtimeParts.
             * @member {sterna.control.DowntimeParts.$Properties|null|undefined} downtimeParts
             * @memberof sterna.control.MigrationResult
             * @instance
             */
            MigrationResult.prototype.downtimeParts = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(MigrationResult.prototype, "_downtimeMs", {
                get: $util.oneOfGetter($oneOfFields = ["downtimeMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified MigrationResult message. Does not implicitly {@link sterna.control.MigrationResult.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.MigrationResult
             * @static
             * @param {sterna.control.MigrationResult.$Properties} message MigrationResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MigrationResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.domain);
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.outcome);
                if (message.runsOn != null && $Object.hasOwnProperty.call(message, "runsOn") && message.runsOn !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.runsOn);
                if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.totalMs);
                if (message.downtimeMs != null && $Object.hasOwnProperty.call(message, "downtimeMs"))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.downtimeMs);
                if (message.iterations != null && $Object.hasOwnProperty.call(message, "iterations") && message.iterations !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.iterations);
                if (message.pagesSent != null && $Object.hasOwnProperty.call(message, "pagesSent") && !$Object.is(message.pagesSent, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.pagesSent);
                if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && !$Object.is(message.bytesSent, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.bytesSent);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.sterna.control.Fault.encode(message.error, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.downtimeParts != null && $Object.hasOwnProperty.call(message, "downtimeParts"))
                    $root.sterna.control.DowntimeParts.encode(message.downtimeParts, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MigrationResult message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.MigrationResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.MigrationResult & sterna.control.MigrationResult.$Shape} MigrationResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MigrationResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.MigrationResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.domain = value;
                            else
                                delete message.domain;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.outcome = value;
                            else
                                delete message.outcome;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runsOn = value;
                            else
                                delete message.runsOn;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.totalMs = value;
                            else
                                delete message.totalMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            message.downtimeMs = reader.double();
                            message._downtimeMs = "downtimeMs";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.iterations = value;
                            else
                                delete message.iterations;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pagesSent = value;
                            else
                                delete message.pagesSent;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytesSent = value;
                            else
                                delete message.bytesSent;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.downtimeParts = $root.sterna.control.DowntimeParts.decode(reader, reader.size(), $undefined, _depth + 1, message.downtimeParts);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for MigrationResult
             * @function getTypeUrl
             * @memberof sterna.control.MigrationResult
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MigrationResult.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.MigrationResult";
            };

            return MigrationResult;
        })();

        control.DowntimeParts = (function() {

            /**
             * Properties of a DowntimeParts.
             * @typedef {Object} sterna.control.DowntimeParts.$Properties
             * @property {number|null} [pause] DowntimeParts pause
             * @property {number|null} [scan] DowntimeParts scan
             * @property {number|null} [copy] DowntimeParts copy
             * @property {number|null} [deviceState] DowntimeParts deviceState
             * @property {number|null} [load] DowntimeParts load
             * @property {number|null} [hook] DowntimeParts hook
             * @property {number|null} [handover] DowntimeParts handover
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DowntimeParts.
             * @memberof sterna.control
             * @interface IDowntimeParts
             * @augments sterna.control.DowntimeParts.$Properties
             * @deprecated Use sterna.control.DowntimeParts.$Properties instead.
             */

            /**
             * Shape of a DowntimeParts.
             * @typedef {sterna.control.DowntimeParts.$Properties} sterna.control.DowntimeParts.$Shape
             */

            /**
             * Constructs a new DowntimeParts.
             * @memberof sterna.control
             * @classdesc Represents a DowntimeParts.
             * @constructor
             * @param {sterna.control.DowntimeParts.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DowntimeParts = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DowntimeParts pause.
             * @member {number} pause
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.pause = 0;

            /**
             * DowntimeParts scan.
             * @member {number} scan
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.scan = 0;

            /**
             * DowntimeParts copy.
             * @member {number} copy
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.copy = 0;

            /**
             * DowntimeParts deviceState.
             * @member {number} deviceState
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.deviceState = 0;

            /**
             * DowntimeParts load.
             * @member {number} load
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.load = 0;

            /**
             * DowntimeParts hook.
             * @member {number} hook
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.hook = 0;

            /**
             * DowntimeParts handover.
             * @member {number} handover
             * @memberof sterna.control.DowntimeParts
             * @instance
             */
            DowntimeParts.prototype.handover = 0;

            /**
             * Encodes the specified DowntimeParts message. Does not implicitly {@link sterna.control.DowntimeParts.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DowntimeParts
             * @static
             * @param {sterna.control.DowntimeParts.$Properties} message DowntimeParts message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DowntimeParts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pause != null && $Object.hasOwnProperty.call(message, "pause") && !$Object.is(message.pause, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.pause);
                if (message.scan != null && $Object.hasOwnProperty.call(message, "scan") && !$Object.is(message.scan, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.scan);
                if (message.copy != null && $Object.hasOwnProperty.call(message, "copy") && !$Object.is(message.copy, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.copy);
                if (message.deviceState != null && $Object.hasOwnProperty.call(message, "deviceState") && !$Object.is(message.deviceState, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.deviceState);
                if (message.load != null && $Object.hasOwnProperty.call(message, "load") && !$Object.is(message.load, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.load);
                if (message.hook != null && $Object.hasOwnProperty.call(message, "hook") && !$Object.is(message.hook, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.hook);
                if (message.handover != null && $Object.hasOwnProperty.call(message, "handover") && !$Object.is(message.handover, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.handover);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DowntimeParts message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DowntimeParts
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DowntimeParts & sterna.control.DowntimeParts.$Shape} DowntimeParts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DowntimeParts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DowntimeParts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pause = value;
                            else
                                delete message.pause;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.scan = value;
                            else
                                delete message.scan;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.copy = value;
                            else
                                delete message.copy;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.deviceState = value;
                            else
                                delete message.deviceState;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.load = value;
                            else
                                delete message.load;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.hook = value;
                            else
                                delete message.hook;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.handover = value;
                            else
                                delete message.handover;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DowntimeParts
             * @function getTypeUrl
             * @memberof sterna.control.DowntimeParts
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DowntimeParts.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DowntimeParts";
            };

            return DowntimeParts;
        })();

        control.DomainInfo = (function() {

            /**
             * Properties of a DomainInfo.
             * @typedef {Object} sterna.control.DomainInfo.$Properties
             * @property {string|null} [name] DomainInfo name
             * @property {string|null} [uuid] DomainInfo uuid
             * @property {string|null} [kind] DomainInfo kind
             * @property {string|null} [state] DomainInfo state
             * @property {number|null} [memoryBytes] DomainInfo memoryBytes
             * @property {number|null} [pid] DomainInfo pid
             * @property {number|null} [incarnation] DomainInfo incarnation
             * @property {string|null} [detailJson] DomainInfo detailJson
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainInfo.
             * @memberof sterna.control
             * @interface IDomainInfo
             * @augments sterna.control.DomainInfo.$Properties
             * @deprecated Use sterna.control.DomainInfo.$Properties instead.
             */

            /**
             * Shape of a DomainInfo.
             * @typedef {sterna.control.DomainInfo.$Properties} sterna.control.DomainInfo.$Shape
             */

            /**
             * Constructs a new DomainInfo.
             * @memberof sterna.control
             * @classdesc Represents a DomainInfo.
             * @constructor
             * @param {sterna.control.DomainInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainInfo name.
             * @member {string} name
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.name = "";

            /**
             * DomainInfo uuid.
             * @member {string} uuid
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.uuid = "";

            /**
             * DomainInfo kind.
             * @member {string} kind
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.kind = "";

            /**
             * DomainInfo state.
             * @member {string} state
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.state = "";

            /**
             * DomainInfo memoryBytes.
             * @member {number} memoryBytes
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.memoryBytes = 0;

            /**
             * DomainInfo pid.
             * @member {number} pid
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.pid = 0;

            /**
             * DomainInfo incarnation.
             * @member {number} incarnation
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.incarnation = 0;

            /**
             * DomainInfo detailJson.
             * @member {string} detailJson
             * @memberof sterna.control.DomainInfo
             * @instance
             */
            DomainInfo.prototype.detailJson = "";

            /**
             * Encodes the specified DomainInfo message. Does not implicitly {@link sterna.control.DomainInfo.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainInfo
             * @static
             * @param {sterna.control.DomainInfo.$Properties} message DomainInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.uuid != null && $Object.hasOwnProperty.call(message, "uuid") && message.uuid !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.uuid);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.kind);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.state);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes") && !$Object.is(message.memoryBytes, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.memoryBytes);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.pid);
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.incarnation);
                if (message.detailJson != null && $Object.hasOwnProperty.call(message, "detailJson") && message.detailJson !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.detailJson);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainInfo message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainInfo & sterna.control.DomainInfo.$Shape} DomainInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uuid = value;
                            else
                                delete message.uuid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.memoryBytes = value;
                            else
                                delete message.memoryBytes;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detailJson = value;
                            else
                                delete message.detailJson;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainInfo
             * @function getTypeUrl
             * @memberof sterna.control.DomainInfo
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainInfo.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainInfo";
            };

            return DomainInfo;
        })();

        control.DomainListRequest = (function() {

            /**
             * Properties of a DomainListRequest.
             * @typedef {Object} sterna.control.DomainListRequest.$Properties
             * @property {string|null} [name] DomainListRequest name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainListRequest.
             * @memberof sterna.control
             * @interface IDomainListRequest
             * @augments sterna.control.DomainListRequest.$Properties
             * @deprecated Use sterna.control.DomainListRequest.$Properties instead.
             */

            /**
             * Shape of a DomainListRequest.
             * @typedef {sterna.control.DomainListRequest.$Properties} sterna.control.DomainListRequest.$Shape
             */

            /**
             * Constructs a new DomainListRequest.
             * @memberof sterna.control
             * @classdesc Represents a DomainListRequest.
             * @constructor
             * @param {sterna.control.DomainListRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainListRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainListRequest name.
             * @member {string} name
             * @memberof sterna.control.DomainListRequest
             * @instance
             */
            DomainListRequest.prototype.name = "";

            /**
             * Encodes the specified DomainListRequest message. Does not implicitly {@link sterna.control.DomainListRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainListRequest
             * @static
             * @param {sterna.control.DomainListRequest.$Properties} message DomainListRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainListRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainListRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainListRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainListRequest & sterna.control.DomainListRequest.$Shape} DomainListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainListRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainListRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainListRequest
             * @function getTypeUrl
             * @memberof sterna.control.DomainListRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainListRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainListRequest";
            };

            return DomainListRequest;
        })();

        control.DomainListReply = (function() {

            /**
             * Properties of a DomainListReply.
             * @typedef {Object} sterna.control.DomainListReply.$Properties
             * @property {Array.<sterna.control.DomainInfo.$Properties>|null} [domains] DomainListReply domains
             * @property {string|null} [host] DomainListReply host
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainListReply.
             * @memberof sterna.control
             * @interface IDomainListReply
             * @augments sterna.control.DomainListReply.$Properties
             * @deprecated Use sterna.control.DomainListReply.$Properties instead.
             */

            /**
             * Shape of a DomainListReply.
             * @typedef {sterna.control.DomainListReply.$Properties} sterna.control.DomainListReply.$Shape
             */

            /**
             * Constructs a new DomainListReply.
             * @memberof sterna.control
             * @classdesc Represents a DomainListReply.
             * @constructor
             * @param {sterna.control.DomainListReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainListReply = function (properties) {
                this.domains = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainListReply domains.
             * @member {Array.<sterna.control.DomainInfo.$Properties>} domains
             * @memberof sterna.control.DomainListReply
             * @instance
             */
            DomainListReply.prototype.domains = $util.emptyArray;

            /**
             * DomainListReply host.
             * @member {string} host
             * @memberof sterna.control.DomainListReply
             * @instance
             */
            DomainListReply.prototype.host = "";

            /**
             * Encodes the specified DomainListReply message. Does not implicitly {@link sterna.control.DomainListReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainListReply
             * @static
             * @param {sterna.control.DomainListReply.$Properties} message DomainListReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainListReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.domains != null && message.domains.length)
                    for (let i = 0; i < message.domains.length; ++i)
                        $root.sterna.control.DomainInfo.encode(message.domains[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainListReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainListReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainListReply & sterna.control.DomainListReply.$Shape} DomainListReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainListReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainListReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.domains && message.domains.length))
                                message.domains = [];
                            message.domains.push($root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainListReply
             * @function getTypeUrl
             * @memberof sterna.control.DomainListReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainListReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainListReply";
            };

            return DomainListReply;
        })();

        control.DomainCreateRequest = (function() {

            /**
             * Properties of a DomainCreateRequest.
             * @typedef {Object} sterna.control.DomainCreateRequest.$Properties
             * @property {string|null} [definitionJson] DomainCreateRequest definitionJson
             * @property {boolean|null} [paused] DomainCreateRequest paused
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainCreateRequest.
             * @memberof sterna.control
             * @interface IDomainCreateRequest
             * @augments sterna.control.DomainCreateRequest.$Properties
             * @deprecated Use sterna.control.DomainCreateRequest.$Properties instead.
             */

            /**
             * Shape of a DomainCreateRequest.
             * @typedef {sterna.control.DomainCreateRequest.$Properties} sterna.control.DomainCreateRequest.$Shape
             */

            /**
             * Constructs a new DomainCreateRequest.
             * @memberof sterna.control
             * @classdesc Represents a DomainCreateRequest.
             * @constructor
             * @param {sterna.control.DomainCreateRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainCreateRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainCreateRequest definitionJson.
             * @member {string} definitionJson
             * @memberof sterna.control.DomainCreateRequest
             * @instance
             */
            DomainCreateRequest.prototype.definitionJson = "";

            /**
             * DomainCreateRequest paused.
             * @member {boolean} paused
             * @memberof sterna.control.DomainCreateRequest
             * @instance
             */
            DomainCreateRequest.prototype.paused = false;

            /**
             * Encodes the specified DomainCreateRequest message. Does not implicitly {@link sterna.control.DomainCreateRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainCreateRequest
             * @static
             * @param {sterna.control.DomainCreateRequest.$Properties} message DomainCreateRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainCreateRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.definitionJson != null && $Object.hasOwnProperty.call(message, "definitionJson") && message.definitionJson !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.definitionJson);
                if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.paused);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainCreateRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainCreateRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainCreateRequest & sterna.control.DomainCreateRequest.$Shape} DomainCreateRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainCreateRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainCreateRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.definitionJson = value;
                            else
                                delete message.definitionJson;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.paused = value;
                            else
                                delete message.paused;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainCreateRequest
             * @function getTypeUrl
             * @memberof sterna.control.DomainCreateRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainCreateRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainCreateRequest";
            };

            return DomainCreateRequest;
        })();

        control.DomainReply = (function() {

            /**
             * Properties of a DomainReply.
             * @typedef {Object} sterna.control.DomainReply.$Properties
             * @property {sterna.control.DomainInfo.$Properties|null} [domain] DomainReply domain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainReply.
             * @memberof sterna.control
             * @interface IDomainReply
             * @augments sterna.control.DomainReply.$Properties
             * @deprecated Use sterna.control.DomainReply.$Properties instead.
             */

            /**
             * Shape of a DomainReply.
             * @typedef {sterna.control.DomainReply.$Properties} sterna.control.DomainReply.$Shape
             */

            /**
             * Constructs a new DomainReply.
             * @memberof sterna.control
             * @classdesc Represents a DomainReply.
             * @constructor
             * @param {sterna.control.DomainReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainReply domain.
             * @member {sterna.control.DomainInfo.$Properties|null|undefined} domain
             * @memberof sterna.control.DomainReply
             * @instance
             */
            DomainReply.prototype.domain = null;

            /**
             * Encodes the specified DomainReply message. Does not implicitly {@link sterna.control.DomainReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainReply
             * @static
             * @param {sterna.control.DomainReply.$Properties} message DomainReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
                    $root.sterna.control.DomainInfo.encode(message.domain, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainReply & sterna.control.DomainReply.$Shape} DomainReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.domain = $root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainReply
             * @function getTypeUrl
             * @memberof sterna.control.DomainReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainReply";
            };

            return DomainReply;
        })();

        control.DomainCommand = (function() {

            /**
             * Properties of a DomainCommand.
             * @typedef {Object} sterna.control.DomainCommand.$Properties
             * @property {string|null} [name] DomainCommand name
             * @property {sterna.control.DomainCommand.Action|null} [action] DomainCommand action
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainCommand.
             * @memberof sterna.control
             * @interface IDomainCommand
             * @augments sterna.control.DomainCommand.$Properties
             * @deprecated Use sterna.control.DomainCommand.$Properties instead.
             */

            /**
             * Shape of a DomainCommand.
             * @typedef {sterna.control.DomainCommand.$Properties} sterna.control.DomainCommand.$Shape
             */

            /**
             * Constructs a new DomainCommand.
             * @memberof sterna.control
             * @classdesc Represents a DomainCommand.
             * @constructor
             * @param {sterna.control.DomainCommand.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainCommand = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainCommand name.
             * @member {string} name
             * @memberof sterna.control.DomainCommand
             * @instance
             */
            DomainCommand.prototype.name = "";

            /**
             * DomainCommand action.
             * @member {sterna.control.DomainCommand.Action} action
             * @memberof sterna.control.DomainCommand
             * @instance
             */
            DomainCommand.prototype.action = 0;

            /**
             * Encodes the specified DomainCommand message. Does not implicitly {@link sterna.control.DomainCommand.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainCommand
             * @static
             * @param {sterna.control.DomainCommand.$Properties} message DomainCommand message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainCommand.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.action);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainCommand message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainCommand
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainCommand & sterna.control.DomainCommand.$Shape} DomainCommand
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainCommand.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainCommand();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainCommand
             * @function getTypeUrl
             * @memberof sterna.control.DomainCommand
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainCommand.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainCommand";
            };

            /**
             * Action enum.
             * @name sterna.control.DomainCommand.Action
             * @enum {number}
             * @property {number} NONE=0 NONE value
             * @property {number} SHOW=1 SHOW value
             * @property {number} DESTROY=2 DESTROY value
             * @property {number} PAUSE=3 PAUSE value
             * @property {number} RESUME=4 RESUME value
             * @property {number} CHECK=5 CHECK value
             */
            DomainCommand.Action = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "NONE"] = 0;
                values[valuesById[1] = "SHOW"] = 1;
                values[valuesById[2] = "DESTROY"] = 2;
                values[valuesById[3] = "PAUSE"] = 3;
                values[valuesById[4] = "RESUME"] = 4;
                values[valuesById[5] = "CHECK"] = 5;
                return values;
            })();

            return DomainCommand;
        })();

        control.DomainOutputRequest = (function() {

            /**
             * Properties of a DomainOutputRequest.
             * @typedef {Object} sterna.control.DomainOutputRequest.$Properties
             * @property {string|null} [name] DomainOutputRequest name
             * @property {boolean|null} [follow] DomainOutputRequest follow
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DomainOutputRequest.
             * @memberof sterna.control
             * @interface IDomainOutputRequest
             * @augments sterna.control.DomainOutputRequest.$Properties
             * @deprecated Use sterna.control.DomainOutputRequest.$Properties instead.
             */

            /**
             * Shape of a DomainOutputRequest.
             * @typedef {sterna.control.DomainOutputRequest.$Properties} sterna.control.DomainOutputRequest.$Shape
             */

            /**
             * Constructs a new DomainOutputRequest.
             * @memberof sterna.control
             * @classdesc Represents a DomainOutputRequest.
             * @constructor
             * @param {sterna.control.DomainOutputRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DomainOutputRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DomainOutputRequest name.
             * @member {string} name
             * @memberof sterna.control.DomainOutputRequest
             * @instance
             */
            DomainOutputRequest.prototype.name = "";

            /**
             * DomainOutputRequest follow.
             * @member {boolean} follow
             * @memberof sterna.control.DomainOutputRequest
             * @instance
             */
            DomainOutputRequest.prototype.follow = false;

            /**
             * Encodes the specified DomainOutputRequest message. Does not implicitly {@link sterna.control.DomainOutputRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.DomainOutputRequest
             * @static
             * @param {sterna.control.DomainOutputRequest.$Properties} message DomainOutputRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DomainOutputRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.follow != null && $Object.hasOwnProperty.call(message, "follow") && message.follow !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.follow);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DomainOutputRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.DomainOutputRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.DomainOutputRequest & sterna.control.DomainOutputRequest.$Shape} DomainOutputRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DomainOutputRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.DomainOutputRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.follow = value;
                            else
                                delete message.follow;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DomainOutputRequest
             * @function getTypeUrl
             * @memberof sterna.control.DomainOutputRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DomainOutputRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.DomainOutputRequest";
            };

            return DomainOutputRequest;
        })();

        control.OutputChunk = (function() {

            /**
             * Properties of an OutputChunk.
             * @typedef {Object} sterna.control.OutputChunk.$Properties
             * @property {Uint8Array|null} [data] OutputChunk data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OutputChunk.
             * @memberof sterna.control
             * @interface IOutputChunk
             * @augments sterna.control.OutputChunk.$Properties
             * @deprecated Use sterna.control.OutputChunk.$Properties instead.
             */

            /**
             * Shape of an OutputChunk.
             * @typedef {sterna.control.OutputChunk.$Properties} sterna.control.OutputChunk.$Shape
             */

            /**
             * Constructs a new OutputChunk.
             * @memberof sterna.control
             * @classdesc Represents an OutputChunk.
             * @constructor
             * @param {sterna.control.OutputChunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OutputChunk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OutputChunk data.
             * @member {Uint8Array} data
             * @memberof sterna.control.OutputChunk
             * @instance
             */
            OutputChunk.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified OutputChunk message. Does not implicitly {@link sterna.control.OutputChunk.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.OutputChunk
             * @static
             * @param {sterna.control.OutputChunk.$Properties} message OutputChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OutputChunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OutputChunk message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.OutputChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.OutputChunk & sterna.control.OutputChunk.$Shape} OutputChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OutputChunk.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.OutputChunk();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for OutputChunk
             * @function getTypeUrl
             * @memberof sterna.control.OutputChunk
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            OutputChunk.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.OutputChunk";
            };

            return OutputChunk;
        })();

        control.SaveRequest = (function() {

            /**
             * Properties of a SaveRequest.
             * @typedef {Object} sterna.control.SaveRequest.$Properties
             * @property {string|null} [domain] SaveRequest domain
             * @property {string|null} [file] SaveRequest file
             * @property {boolean|null} [checkpoint] SaveRequest checkpoint
             * @property {boolean|null} [detach] SaveRequest detach
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SaveRequest.
             * @memberof sterna.control
             * @interface ISaveRequest
             * @augments sterna.control.SaveRequest.$Properties
             * @deprecated Use sterna.control.SaveRequest.$Properties instead.
             */

            /**
             * Shape of a SaveRequest.
             * @typedef {sterna.control.SaveRequest.$Properties} sterna.control.SaveRequest.$Shape
             */

            /**
             * Constructs a new SaveRequest.
             * @memberof sterna.control
             * @classdesc Represents a SaveRequest.
             * @constructor
             * @param {sterna.control.SaveRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SaveRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SaveRequest domain.
             * @member {string} domain
             * @memberof sterna.control.SaveRequest
             * @instance
             */
            SaveRequest.prototype.domain = "";

            /**
             * SaveRequest file.
             * @member {string} file
             * @memberof sterna.control.SaveRequest
             * @instance
             */
            SaveRequest.prototype.file = "";

            /**
             * SaveRequest checkpoint.
             * @member {boolean} checkpoint
             * @memberof sterna.control.SaveRequest
             * @instance
             */
            SaveRequest.prototype.checkpoint = false;

            /**
             * SaveRequest detach.
             * @member {boolean} detach
             * @memberof sterna.control.SaveRequest
             * @instance
             */
            SaveRequest.prototype.detach = false;

            /**
             * Encodes the specified SaveRequest message. Does not implicitly {@link sterna.control.SaveRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.SaveRequest
             * @static
             * @param {sterna.control.SaveRequest.$Properties} message SaveRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SaveRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.domain);
                if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.file);
                if (message.checkpoint != null && $Object.hasOwnProperty.call(message, "checkpoint") && message.checkpoint !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.checkpoint);
                if (message.detach != null && $Object.hasOwnProperty.call(message, "detach") && message.detach !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.detach);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SaveRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.SaveRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.SaveRequest & sterna.control.SaveRequest.$Shape} SaveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SaveRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.SaveRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.domain = value;
                            else
                                delete message.domain;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.file = value;
                            else
                                delete message.file;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.checkpoint = value;
                            else
                                delete message.checkpoint;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.detach = value;
                            else
                                delete message.detach;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SaveRequest
             * @function getTypeUrl
             * @memberof sterna.control.SaveRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SaveRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.SaveRequest";
            };

            return SaveRequest;
        })();

        control.RestoreRequest = (function() {

            /**
             * Properties of a RestoreRequest.
             * @typedef {Object} sterna.control.RestoreRequest.$Properties
             * @property {string|null} [file] RestoreRequest file
             * @property {string|null} [name] RestoreRequest name
             * @property {boolean|null} [paused] RestoreRequest paused
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RestoreRequest.
             * @memberof sterna.control
             * @interface IRestoreRequest
             * @augments sterna.control.RestoreRequest.$Properties
             * @deprecated Use sterna.control.RestoreRequest.$Properties instead.
             */

            /**
             * Shape of a RestoreRequest.
             * @typedef {sterna.control.RestoreRequest.$Properties} sterna.control.RestoreRequest.$Shape
             */

            /**
             * Constructs a new RestoreRequest.
             * @memberof sterna.control
             * @classdesc Represents a RestoreRequest.
             * @constructor
             * @param {sterna.control.RestoreRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RestoreRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RestoreRequest file.
             * @member {string} file
             * @memberof sterna.control.RestoreRequest
             * @instance
             */
            RestoreRequest.prototype.file = "";

            /**
             * RestoreRequest name.
             * @member {string} name
             * @memberof sterna.control.RestoreRequest
             * @instance
             */
            RestoreRequest.prototype.name = "";

            /**
             * RestoreRequest paused.
             * @member {boolean} paused
             * @memberof sterna.control.RestoreRequest
             * @instance
             */
            RestoreRequest.prototype.paused = false;

            /**
             * Encodes the specified RestoreRequest message. Does not implicitly {@link sterna.control.RestoreRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.RestoreRequest
             * @static
             * @param {sterna.control.RestoreRequest.$Properties} message RestoreRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RestoreRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.file);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.paused);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RestoreRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.RestoreRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.RestoreRequest & sterna.control.RestoreRequest.$Shape} RestoreRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RestoreRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.RestoreRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.file = value;
                            else
                                delete message.file;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.paused = value;
                            else
                                delete message.paused;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for RestoreRequest
             * @function getTypeUrl
             * @memberof sterna.control.RestoreRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RestoreRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.RestoreRequest";
            };

            return RestoreRequest;
        })();

        control.RestoreResult = (function() {

            /**
             * Properties of a RestoreResult.
             * @typedef {Object} sterna.control.RestoreResult.$Properties
             * @property {sterna.control.DomainInfo.$Properties|null} [domain] RestoreResult domain
             * @property {number|null} [totalMs] RestoreResult totalMs
             * @property {number|null} [pages] RestoreResult pages
             * @property {number|null} [bytes] RestoreResult bytes
             * @property {number|null} [checkpoints] RestoreResult checkpoints
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RestoreResult.
             * @memberof sterna.control
             * @interface IRestoreResult
             * @augments sterna.control.RestoreResult.$Properties
             * @deprecated Use sterna.control.RestoreResult.$Properties instead.
             */

            /**
             * Shape of a RestoreResult.
             * @typedef {sterna.control.RestoreResult.$Properties} sterna.control.RestoreResult.$Shape
             */

            /**
             * Constructs a new RestoreResult.
             * @memberof sterna.control
             * @classdesc Represents a RestoreResult.
             * @constructor
             * @param {sterna.control.RestoreResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RestoreResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RestoreResult domain.
             * @member {sterna.control.DomainInfo.$Properties|null|undefined} domain
             * @memberof sterna.control.RestoreResult
             * @instance
             */
            RestoreResult.prototype.domain = null;

            /**
             * RestoreResult totalMs.
             * @member {number} totalMs
             * @memberof sterna.control.RestoreResult
             * @instance
             */
            RestoreResult.prototype.totalMs = 0;

            /**
             * RestoreResult pages.
             * @member {number} pages
             * @memberof sterna.control.RestoreResult
             * @instance
             */
            RestoreResult.prototype.pages = 0;

            /**
             * RestoreResult bytes.
             * @member {number} bytes
             * @memberof sterna.control.RestoreResult
             * @instance
             */
            RestoreResult.prototype.bytes = 0;

            /**
             * RestoreResult checkpoints.
             * @member {number} checkpoints
             * @memberof sterna.control.RestoreResult
             * @instance
             */
            RestoreResult.prototype.checkpoints = 0;

            /**
             * Encodes the specified RestoreResult message. Does not implicitly {@link sterna.control.RestoreResult.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.RestoreResult
             * @static
             * @param {sterna.control.RestoreResult.$Properties} message RestoreResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RestoreResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
                    $root.sterna.control.DomainInfo.encode(message.domain, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.totalMs);
                if (message.pages != null && $Object.hasOwnProperty.call(message, "pages") && !$Object.is(message.pages, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.pages);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && !$Object.is(message.bytes, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.bytes);
                if (message.checkpoints != null && $Object.hasOwnProperty.call(message, "checkpoints") && message.checkpoints !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.checkpoints);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RestoreResult message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.RestoreResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.RestoreResult & sterna.control.RestoreResult.$Shape} RestoreResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RestoreResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.RestoreResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.domain = $root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.totalMs = value;
                            else
                                delete message.totalMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pages = value;
                            else
                                delete message.pages;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.checkpoints = value;
                            else
                                delete message.checkpoints;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for RestoreResult
             * @function getTypeUrl
             * @memberof sterna.control.RestoreResult
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RestoreResult.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.RestoreResult";
            };

            return RestoreResult;
        })();

        control.HostsRequest = (function() {

            /**
             * Properties of a HostsRequest.
             * @typedef {Object} sterna.control.HostsRequest.$Properties
             * @property {boolean|null} [probe] HostsRequest probe
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HostsRequest.
             * @memberof sterna.control
             * @interface IHostsRequest
             * @augments sterna.control.HostsRequest.$Properties
             * @deprecated Use sterna.control.HostsRequest.$Properties instead.
             */

            /**
             * Shape of a HostsRequest.
             * @typedef {sterna.control.HostsRequest.$Properties} sterna.control.HostsRequest.$Shape
             */

            /**
             * Constructs a new HostsRequest.
             * @memberof sterna.control
             * @classdesc Represents a HostsRequest.
             * @constructor
             * @param {sterna.control.HostsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HostsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HostsRequest probe.
             * @member {boolean} probe
             * @memberof sterna.control.HostsRequest
             * @instance
             */
            HostsRequest.prototype.probe = false;

            /**
             * Encodes the specified HostsRequest message. Does not implicitly {@link sterna.control.HostsRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.HostsRequest
             * @static
             * @param {sterna.control.HostsRequest.$Properties} message HostsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HostsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.probe != null && $Object.hasOwnProperty.call(message, "probe") && message.probe !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.probe);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HostsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.HostsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.HostsRequest & sterna.control.HostsRequest.$Shape} HostsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HostsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.HostsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.probe = value;
                            else
                                delete message.probe;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HostsRequest
             * @function getTypeUrl
             * @memberof sterna.control.HostsRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HostsRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.HostsRequest";
            };

            return HostsRequest;
        })();

        control.HostsReply = (function() {

            /**
             * Properties of a HostsReply.
             * @typedef {Object} sterna.control.HostsReply.$Properties
             * @property {string|null} [self] HostsReply self
             * @property {Array.<sterna.control.HostInfo.$Properties>|null} [hosts] HostsReply hosts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HostsReply.
             * @memberof sterna.control
             * @interface IHostsReply
             * @augments sterna.control.HostsReply.$Properties
             * @deprecated Use sterna.control.HostsReply.$Properties instead.
             */

            /**
             * Shape of a HostsReply.
             * @typedef {sterna.control.HostsReply.$Properties} sterna.control.HostsReply.$Shape
             */

            /**
             * Constructs a new HostsReply.
             * @memberof sterna.control
             * @classdesc Represents a HostsReply.
             * @constructor
             * @param {sterna.control.HostsReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HostsReply = function (properties) {
                this.hosts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HostsReply self.
             * @member {string} self
             * @memberof sterna.control.HostsReply
             * @instance
             */
            HostsReply.prototype.self = "";

            /**
             * HostsReply hosts.
             * @member {Array.<sterna.control.HostInfo.$Properties>} hosts
             * @memberof sterna.control.HostsReply
             * @instance
             */
            HostsReply.prototype.hosts = $util.emptyArray;

            /**
             * Encodes the specified HostsReply message. Does not implicitly {@link sterna.control.HostsReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.HostsReply
             * @static
             * @param {sterna.control.HostsReply.$Properties} message HostsReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HostsReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.self != null && $Object.hasOwnProperty.call(message, "self") && message.self !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.self);
                if (message.hosts != null && message.hosts.length)
                    for (let i = 0; i < message.hosts.length; ++i)
                        $root.sterna.control.HostInfo.encode(message.hosts[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HostsReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.HostsReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.HostsReply & sterna.control.HostsReply.$Shape} HostsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HostsReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.HostsReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.self = value;
                            else
                                delete message.self;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.hosts && message.hosts.length))
                                message.hosts = [];
                            message.hosts.push($root.sterna.control.HostInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HostsReply
             * @function getTypeUrl
             * @memberof sterna.control.HostsReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HostsReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.HostsReply";
            };

            return HostsReply;
        })();

        control.HostInfo = (function() {

            /**
             * Properties of a HostInfo.
             * @typedef {Object} sterna.control.HostInfo.$Properties
             * @property {string|null} [name] HostInfo name
             * @property {string|null} [address] HostInfo address
             * @property {string|null} [state] HostInfo state
             * @property {string|null} [detail] HostInfo detail
             * @property {number|null} [roundTripMs] HostInfo roundTripMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HostInfo.
             * @memberof sterna.control
             * @interface IHostInfo
             * @augments sterna.control.HostInfo.$Properties
             * @deprecated Use sterna.control.HostInfo.$Properties instead.
             */

            /**
             * Shape of a HostInfo.
             * @typedef {sterna.control.HostInfo.$Properties} sterna.control.HostInfo.$Shape
             */

            /**
             * Constructs a new HostInfo.
             * @memberof sterna.control
             * @classdesc Represents a HostInfo.
             * @constructor
             * @param {sterna.control.HostInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HostInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HostInfo name.
             * @member {string} name
             * @memberof sterna.control.HostInfo
             * @instance
             */
            HostInfo.prototype.name = "";

            /**
             * HostInfo address.
             * @member {string} address
             * @memberof sterna.control.HostInfo
             * @instance
             */
            HostInfo.prototype.address = "";

            /**
             * HostInfo state.
             * @member {string} state
             * @memberof sterna.control.HostInfo
             * @instance
             */
            HostInfo.prototype.state = "";

            /**
             * HostInfo detail.
             * @member {string} detail
             * @memberof sterna.control.HostInfo
             * @instance
             */
            HostInfo.prototype.detail = "";

            /**
             * HostInfo roundTripMs.
             * @member {number} roundTripMs
             * @memberof sterna.control.HostInfo
             * @instance
             */
            HostInfo.prototype.roundTripMs = 0;

            /**
             * Encodes the specified HostInfo message. Does not implicitly {@link sterna.control.HostInfo.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.HostInfo
             * @static
             * @param {sterna.control.HostInfo.$Properties} message HostInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HostInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.address);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.state);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.detail);
                if (message.roundTripMs != null && $Object.hasOwnProperty.call(message, "roundTripMs") && !$Object.is(message.roundTripMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.roundTripMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HostInfo message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.HostInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.HostInfo & sterna.control.HostInfo.$Shape} HostInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HostInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.HostInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.address = value;
                            else
                                delete message.address;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.roundTripMs = value;
                            else
                                delete message.roundTripMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HostInfo
             * @function getTypeUrl
             * @memberof sterna.control.HostInfo
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HostInfo.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.HostInfo";
            };

            return HostInfo;
        })();

        control.PrepareRequest = (function() {

            /**
             * Properties of a PrepareRequest.
             * @typedef {Object} sterna.control.PrepareRequest.$Properties
             * @property {string|null} [migrationId] PrepareRequest migrationId
             * @property {number|null} [incarnation] PrepareRequest incarnation
             * @property {string|null} [definitionJson] PrepareRequest definitionJson
             * @property {string|null} [stream] PrepareRequest stream
             * @property {string|null} [guestType] PrepareRequest guestType
             * @property {number|null} [streamVersion] PrepareRequest streamVersion
             * @property {number|null} [populatedPages] PrepareRequest populatedPages
             * @property {boolean|null} [paused] PrepareRequest paused
             * @property {number|null} [windowBytes] PrepareRequest windowBytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PrepareRequest.
             * @memberof sterna.control
             * @interface IPrepareRequest
             * @augments sterna.control.PrepareRequest.$Properties
             * @deprecated Use sterna.control.PrepareRequest.$Properties instead.
             */

            /**
             * Shape of a PrepareRequest.
             * @typedef {sterna.control.PrepareRequest.$Properties} sterna.control.PrepareRequest.$Shape
             */

            /**
             * Constructs a new PrepareRequest.
             * @memberof sterna.control
             * @classdesc Represents a PrepareRequest.
             * @constructor
             * @param {sterna.control.PrepareRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PrepareRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PrepareRequest migrationId.
             * @member {string} migrationId
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.migrationId = "";

            /**
             * PrepareRequest incarnation.
             * @member {number} incarnation
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.incarnation = 0;

            /**
             * PrepareRequest definitionJson.
             * @member {string} definitionJson
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.definitionJson = "";

            /**
             * PrepareRequest stream.
             * @member {string} stream
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.stream = "";

            /**
             * PrepareRequest guestType.
             * @member {string} guestType
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.guestType = "";

            /**
             * PrepareRequest streamVersion.
             * @member {number} streamVersion
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.streamVersion = 0;

            /**
             * PrepareRequest populatedPages.
             * @member {number} populatedPages
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.populatedPages = 0;

            /**
             * PrepareRequest paused.
             * @member {boolean} paused
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.paused = false;

            /**
             * PrepareRequest windowBytes.
             * @member {number} windowBytes
             * @memberof sterna.control.PrepareRequest
             * @instance
             */
            PrepareRequest.prototype.windowBytes = 0;

            /**
             * Encodes the specified PrepareRequest message. Does not implicitly {@link sterna.control.PrepareRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.PrepareRequest
             * @static
             * @param {sterna.control.PrepareRequest.$Properties} message PrepareRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PrepareRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.migrationId);
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.incarnation);
                if (message.definitionJson != null && $Object.hasOwnProperty.call(message, "definitionJson") && message.definitionJson !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.definitionJson);
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.stream);
                if (message.guestType != null && $Object.hasOwnProperty.call(message, "guestType") && message.guestType !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.guestType);
                if (message.streamVersion != null && $Object.hasOwnProperty.call(message, "streamVersion") && message.streamVersion !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.streamVersion);
                if (message.populatedPages != null && $Object.hasOwnProperty.call(message, "populatedPages") && !$Object.is(message.populatedPages, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.populatedPages);
                if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.paused);
                if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && !$Object.is(message.windowBytes, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.windowBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PrepareRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.PrepareRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.PrepareRequest & sterna.control.PrepareRequest.$Shape} PrepareRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PrepareRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.PrepareRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.migrationId = value;
                            else
                                delete message.migrationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.definitionJson = value;
                            else
                                delete message.definitionJson;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.stream = value;
                            else
                                delete message.stream;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.guestType = value;
                            else
                                delete message.guestType;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.streamVersion = value;
                            else
                                delete message.streamVersion;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.populatedPages = value;
                            else
                                delete message.populatedPages;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.paused = value;
                            else
                                delete message.paused;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.windowBytes = value;
                            else
                                delete message.windowBytes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for PrepareRequest
             * @function getTypeUrl
             * @memberof sterna.control.PrepareRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PrepareRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.PrepareRequest";
            };

            return PrepareRequest;
        })();

        control.PrepareReply = (function() {

            /**
             * Properties of a PrepareReply.
             * @typedef {Object} sterna.control.PrepareReply.$Properties
             * @property {number|null} [dataPort] PrepareReply dataPort
             * @property {Uint8Array|null} [token] PrepareReply token
             * @property {number|null} [windowBytes] PrepareReply windowBytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PrepareReply.
             * @memberof sterna.control
             * @interface IPrepareReply
             * @augments sterna.control.PrepareReply.$Properties
             * @deprecated Use sterna.control.PrepareReply.$Properties instead.
             */

            /**
             * Shape of a PrepareReply.
             * @typedef {sterna.control.PrepareReply.$Properties} sterna.control.PrepareReply.$Shape
             */

            /**
             * Constructs a new PrepareReply.
             * @memberof sterna.control
             * @classdesc Represents a PrepareReply.
             * @constructor
             * @param {sterna.control.PrepareReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PrepareReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PrepareReply dataPort.
             * @member {number} dataPort
             * @memberof sterna.control.PrepareReply
             * @instance
             */
            PrepareReply.prototype.dataPort = 0;

            /**
             * PrepareReply token.
             * @member {Uint8Array} token
             * @memberof sterna.control.PrepareReply
             * @instance
             */
            PrepareReply.prototype.token = $util.newBuffer([]);

            /**
             * PrepareReply windowBytes.
             * @member {number} windowBytes
             * @memberof sterna.control.PrepareReply
             * @instance
             */
            PrepareReply.prototype.windowBytes = 0;

            /**
             * Encodes the specified PrepareReply message. Does not implicitly {@link sterna.control.PrepareReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.PrepareReply
             * @static
             * @param {sterna.control.PrepareReply.$Properties} message PrepareReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PrepareReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dataPort != null && $Object.hasOwnProperty.call(message, "dataPort") && message.dataPort !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.dataPort);
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.token);
                if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && !$Object.is(message.windowBytes, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.windowBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PrepareReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.PrepareReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.PrepareReply & sterna.control.PrepareReply.$Shape} PrepareReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PrepareReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.PrepareReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.dataPort = value;
                            else
                                delete message.dataPort;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.windowBytes = value;
                            else
                                delete message.windowBytes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for PrepareReply
             * @function getTypeUrl
             * @memberof sterna.control.PrepareReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PrepareReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.PrepareReply";
            };

            return PrepareReply;
        })();

        control.ReadyEvent = (function() {

            /**
             * Properties of a ReadyEvent.
             * @typedef {Object} sterna.control.ReadyEvent.$Properties
             * @property {number|null} [incarnation] ReadyEvent incarnation
             * @property {number|null} [pagesReceived] ReadyEvent pagesReceived
             * @property {number|null} [bytesReceived] ReadyEvent bytesReceived
             * @property {number|null} [loadMs] ReadyEvent loadMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReadyEvent.
             * @memberof sterna.control
             * @interface IReadyEvent
             * @augments sterna.control.ReadyEvent.$Properties
             * @deprecated Use sterna.control.ReadyEvent.$Properties instead.
             */

            /**
             * Shape of a ReadyEvent.
             * @typedef {sterna.control.ReadyEvent.$Properties} sterna.control.ReadyEvent.$Shape
             */

            /**
             * Constructs a new ReadyEvent.
             * @memberof sterna.control
             * @classdesc Represents a ReadyEvent.
             * @constructor
             * @param {sterna.control.ReadyEvent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReadyEvent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReadyEvent incarnation.
             * @member {number} incarnation
             * @memberof sterna.control.ReadyEvent
             * @instance
             */
            ReadyEvent.prototype.incarnation = 0;

            /**
             * ReadyEvent pagesReceived.
             * @member {number} pagesReceived
             * @memberof sterna.control.ReadyEvent
             * @instance
             */
            ReadyEvent.prototype.pagesReceived = 0;

            /**
             * ReadyEvent bytesReceived.
             * @member {number} bytesReceived
             * @memberof sterna.control.ReadyEvent
             * @instance
             */
            ReadyEvent.prototype.bytesReceived = 0;

            /**
             * ReadyEvent loadMs.
             * @member {number} loadMs
             * @memberof sterna.control.ReadyEvent
             * @instance
             */
            ReadyEvent.prototype.loadMs = 0;

            /**
             * Encodes the specified ReadyEvent message. Does not implicitly {@link sterna.control.ReadyEvent.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.ReadyEvent
             * @static
             * @param {sterna.control.ReadyEvent.$Properties} message ReadyEvent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReadyEvent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.incarnation);
                if (message.pagesReceived != null && $Object.hasOwnProperty.call(message, "pagesReceived") && !$Object.is(message.pagesReceived, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.pagesReceived);
                if (message.bytesReceived != null && $Object.hasOwnProperty.call(message, "bytesReceived") && !$Object.is(message.bytesReceived, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.bytesReceived);
                if (message.loadMs != null && $Object.hasOwnProperty.call(message, "loadMs") && !$Object.is(message.loadMs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.loadMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReadyEvent message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.ReadyEvent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.ReadyEvent & sterna.control.ReadyEvent.$Shape} ReadyEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReadyEvent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.ReadyEvent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pagesReceived = value;
                            else
                                delete message.pagesReceived;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytesReceived = value;
                            else
                                delete message.bytesReceived;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.loadMs = value;
                            else
                                delete message.loadMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ReadyEvent
             * @function getTypeUrl
             * @memberof sterna.control.ReadyEvent
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ReadyEvent.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.ReadyEvent";
            };

            return ReadyEvent;
        })();

        control.GoRequest = (function() {

            /**
             * Properties of a GoRequest.
             * @typedef {Object} sterna.control.GoRequest.$Properties
             * @property {string|null} [migrationId] GoRequest migrationId
             * @property {number|null} [incarnation] GoRequest incarnation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GoRequest.
             * @memberof sterna.control
             * @interface IGoRequest
             * @augments sterna.control.GoRequest.$Properties
             * @deprecated Use sterna.control.GoRequest.$Properties instead.
             */

            /**
             * Shape of a GoRequest.
             * @typedef {sterna.control.GoRequest.$Properties} sterna.control.GoRequest.$Shape
             */

            /**
             * Constructs a new GoRequest.
             * @memberof sterna.control
             * @classdesc Represents a GoRequest.
             * @constructor
             * @param {sterna.control.GoRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GoRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GoRequest migrationId.
             * @member {string} migrationId
             * @memberof sterna.control.GoRequest
             * @instance
             */
            GoRequest.prototype.migrationId = "";

            /**
             * GoRequest incarnation.
             * @member {number} incarnation
             * @memberof sterna.control.GoRequest
             * @instance
             */
            GoRequest.prototype.incarnation = 0;

            /**
             * Encodes the specified GoRequest message. Does not implicitly {@link sterna.control.GoRequest.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.GoRequest
             * @static
             * @param {sterna.control.GoRequest.$Properties} message GoRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GoRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.migrationId);
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.incarnation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GoRequest message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.GoRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.GoRequest & sterna.control.GoRequest.$Shape} GoRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GoRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.GoRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.migrationId = value;
                            else
                                delete message.migrationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for GoRequest
             * @function getTypeUrl
             * @memberof sterna.control.GoRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GoRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.GoRequest";
            };

            return GoRequest;
        })();

        control.RunningReply = (function() {

            /**
             * Properties of a RunningReply.
             * @typedef {Object} sterna.control.RunningReply.$Properties
             * @property {number|null} [incarnation] RunningReply incarnation
             * @property {number|null} [firstStepNs] RunningReply firstStepNs
             * @property {number|null} [resumeMs] RunningReply resumeMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RunningReply.
             * @memberof sterna.control
             * @interface IRunningReply
             * @augments sterna.control.RunningReply.$Properties
             * @deprecated Use sterna.control.RunningReply.$Properties instead.
             */

            /**
             * Shape of a RunningReply.
             * @typedef {sterna.control.RunningReply.$Properties} sterna.control.RunningReply.$Shape
             */

            /**
             * Constructs a new RunningReply.
             * @memberof sterna.control
             * @classdesc Represents a RunningReply.
             * @constructor
             * @param {sterna.control.RunningReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RunningReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RunningReply incarnation.
             * @member {number} incarnation
             * @memberof sterna.control.RunningReply
             * @instance
             */
            RunningReply.prototype.incarnation = 0;

            /**
             * RunningReply firstStepNs.
             * @member {number|null|undefined} firstStepNs
             * @memberof sterna.control.RunningReply
             * @instance
             */
            RunningReply.prototype.firstStepNs = null;

            /**
             * RunningReply resumeMs.
             * @member {number} resumeMs
             * @memberof sterna.control.RunningReply
             * @instance
             */
            RunningReply.prototype.resumeMs = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RunningReply.prototype, "_firstStepNs", {
                get: $util.oneOfGetter($oneOfFields = ["firstStepNs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified RunningReply message. Does not implicitly {@link sterna.control.RunningReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.RunningReply
             * @static
             * @param {sterna.control.RunningReply.$Properties} message RunningReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RunningReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.incarnation);
                if (message.firstStepNs != null && $Object.hasOwnProperty.call(message, "firstStepNs"))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.firstStepNs);
                if (message.resumeMs != null && $Object.hasOwnProperty.call(message, "resumeMs") && !$Object.is(message.resumeMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.resumeMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RunningReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.RunningReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.RunningReply & sterna.control.RunningReply.$Shape} RunningReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RunningReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.RunningReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.firstStepNs = reader.double();
                            message._firstStepNs = "firstStepNs";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.resumeMs = value;
                            else
                                delete message.resumeMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for RunningReply
             * @function getTypeUrl
             * @memberof sterna.control.RunningReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RunningReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.RunningReply";
            };

            return RunningReply;
        })();

        control.ReceiverProgress = (function() {

            /**
             * Properties of a ReceiverProgress.
             * @typedef {Object} sterna.control.ReceiverProgress.$Properties
             * @property {number|null} [pagesReceived] ReceiverProgress pagesReceived
             * @property {number|null} [bytesReceived] ReceiverProgress bytesReceived
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReceiverProgress.
             * @memberof sterna.control
             * @interface IReceiverProgress
             * @augments sterna.control.ReceiverProgress.$Properties
             * @deprecated Use sterna.control.ReceiverProgress.$Properties instead.
             */

            /**
             * Shape of a ReceiverProgress.
             * @typedef {sterna.control.ReceiverProgress.$Properties} sterna.control.ReceiverProgress.$Shape
             */

            /**
             * Constructs a new ReceiverProgress.
             * @memberof sterna.control
             * @classdesc Represents a ReceiverProgress.
             * @constructor
             * @param {sterna.control.ReceiverProgress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReceiverProgress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReceiverProgress pagesReceived.
             * @member {number} pagesReceived
             * @memberof sterna.control.ReceiverProgress
             * @instance
             */
            ReceiverProgress.prototype.pagesReceived = 0;

            /**
             * ReceiverProgress bytesReceived.
             * @member {number} bytesReceived
             * @memberof sterna.control.ReceiverProgress
             * @instance
             */
            ReceiverProgress.prototype.bytesReceived = 0;

            /**
             * Encodes the specified ReceiverProgress message. Does not implicitly {@link sterna.control.ReceiverProgress.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.ReceiverProgress
             * @static
             * @param {sterna.control.ReceiverProgress.$Properties} message ReceiverProgress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReceiverProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pagesReceived != null && $Object.hasOwnProperty.call(message, "pagesReceived") && !$Object.is(message.pagesReceived, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.pagesReceived);
                if (message.bytesReceived != null && $Object.hasOwnProperty.call(message, "bytesReceived") && !$Object.is(message.bytesReceived, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.bytesReceived);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReceiverProgress message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.ReceiverProgress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.ReceiverProgress & sterna.control.ReceiverProgress.$Shape} ReceiverProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReceiverProgress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.ReceiverProgress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pagesReceived = value;
                            else
                                delete message.pagesReceived;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytesReceived = value;
                            else
                                delete message.bytesReceived;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ReceiverProgress
             * @function getTypeUrl
             * @memberof sterna.control.ReceiverProgress
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ReceiverProgress.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.ReceiverProgress";
            };

            return ReceiverProgress;
        })();

        control.PeerAbort = (function() {

            /**
             * Properties of a PeerAbort.
             * @typedef {Object} sterna.control.PeerAbort.$Properties
             * @property {string|null} [migrationId] PeerAbort migrationId
             * @property {sterna.control.Fault.$Properties|null} [fault] PeerAbort fault
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PeerAbort.
             * @memberof sterna.control
             * @interface IPeerAbort
             * @augments sterna.control.PeerAbort.$Properties
             * @deprecated Use sterna.control.PeerAbort.$Properties instead.
             */

            /**
             * Shape of a PeerAbort.
             * @typedef {sterna.control.PeerAbort.$Properties} sterna.control.PeerAbort.$Shape
             */

            /**
             * Constructs a new PeerAbort.
             * @memberof sterna.control
             * @classdesc Represents a PeerAbort.
             * @constructor
             * @param {sterna.control.PeerAbort.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PeerAbort = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PeerAbort migrationId.
             * @member {string} migrationId
             * @memberof sterna.control.PeerAbort
             * @instance
             */
            PeerAbort.prototype.migrationId = "";

            /**
             * PeerAbort fault.
             * @member {sterna.control.Fault.$Properties|null|undefined} fault
             * @memberof sterna.control.PeerAbort
             * @instance
             */
            PeerAbort.prototype.fault = null;

            /**
             * Encodes the specified PeerAbort message. Does not implicitly {@link sterna.control.PeerAbort.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.PeerAbort
             * @static
             * @param {sterna.control.PeerAbort.$Properties} message PeerAbort message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PeerAbort.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.migrationId);
                if (message.fault != null && $Object.hasOwnProperty.call(message, "fault"))
                    $root.sterna.control.Fault.encode(message.fault, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PeerAbort message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.PeerAbort
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.PeerAbort & sterna.control.PeerAbort.$Shape} PeerAbort
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PeerAbort.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.PeerAbort();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.migrationId = value;
                            else
                                delete message.migrationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.fault = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.fault);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for PeerAbort
             * @function getTypeUrl
             * @memberof sterna.control.PeerAbort
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PeerAbort.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.PeerAbort";
            };

            return PeerAbort;
        })();

        control.OutcomeQuery = (function() {

            /**
             * Properties of an OutcomeQuery.
             * @typedef {Object} sterna.control.OutcomeQuery.$Properties
             * @property {string|null} [migrationId] OutcomeQuery migrationId
             * @property {number|null} [incarnation] OutcomeQuery incarnation
             * @property {boolean|null} [declineIfReady] OutcomeQuery declineIfReady
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OutcomeQuery.
             * @memberof sterna.control
             * @interface IOutcomeQuery
             * @augments sterna.control.OutcomeQuery.$Properties
             * @deprecated Use sterna.control.OutcomeQuery.$Properties instead.
             */

            /**
             * Shape of an OutcomeQuery.
             * @typedef {sterna.control.OutcomeQuery.$Properties} sterna.control.OutcomeQuery.$Shape
             */

            /**
             * Constructs a new OutcomeQuery.
             * @memberof sterna.control
             * @classdesc Represents an OutcomeQuery.
             * @constructor
             * @param {sterna.control.OutcomeQuery.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OutcomeQuery = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OutcomeQuery migrationId.
             * @member {string} migrationId
             * @memberof sterna.control.OutcomeQuery
             * @instance
             */
            OutcomeQuery.prototype.migrationId = "";

            /**
             * OutcomeQuery incarnation.
             * @member {number} incarnation
             * @memberof sterna.control.OutcomeQuery
             * @instance
             */
            OutcomeQuery.prototype.incarnation = 0;

            /**
             * OutcomeQuery declineIfReady.
             * @member {boolean} declineIfReady
             * @memberof sterna.control.OutcomeQuery
             * @instance
             */
            OutcomeQuery.prototype.declineIfReady = false;

            /**
             * Encodes the specified OutcomeQuery message. Does not implicitly {@link sterna.control.OutcomeQuery.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.OutcomeQuery
             * @static
             * @param {sterna.control.OutcomeQuery.$Properties} message OutcomeQuery message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OutcomeQuery.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.migrationId);
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.incarnation);
                if (message.declineIfReady != null && $Object.hasOwnProperty.call(message, "declineIfReady") && message.declineIfReady !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.declineIfReady);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OutcomeQuery message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.OutcomeQuery
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.OutcomeQuery & sterna.control.OutcomeQuery.$Shape} OutcomeQuery
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OutcomeQuery.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.OutcomeQuery();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.migrationId = value;
                            else
                                delete message.migrationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.declineIfReady = value;
                            else
                                delete message.declineIfReady;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for OutcomeQuery
             * @function getTypeUrl
             * @memberof sterna.control.OutcomeQuery
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            OutcomeQuery.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.OutcomeQuery";
            };

            return OutcomeQuery;
        })();

        control.OutcomeReply = (function() {

            /**
             * Properties of an OutcomeReply.
             * @typedef {Object} sterna.control.OutcomeReply.$Properties
             * @property {string|null} [state] OutcomeReply state
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OutcomeReply.
             * @memberof sterna.control
             * @interface IOutcomeReply
             * @augments sterna.control.OutcomeReply.$Properties
             * @deprecated Use sterna.control.OutcomeReply.$Properties instead.
             */

            /**
             * Shape of an OutcomeReply.
             * @typedef {sterna.control.OutcomeReply.$Properties} sterna.control.OutcomeReply.$Shape
             */

            /**
             * Constructs a new OutcomeReply.
             * @memberof sterna.control
             * @classdesc Represents an OutcomeReply.
             * @constructor
             * @param {sterna.control.OutcomeReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OutcomeReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OutcomeReply state.
             * @member {string} state
             * @memberof sterna.control.OutcomeReply
             * @instance
             */
            OutcomeReply.prototype.state = "";

            /**
             * Encodes the specified OutcomeReply message. Does not implicitly {@link sterna.control.OutcomeReply.verify|verify} messages.
             * @function encode
             * @memberof sterna.control.OutcomeReply
             * @static
             * @param {sterna.control.OutcomeReply.$Properties} message OutcomeReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OutcomeReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.state);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OutcomeReply message from the specified reader or buffer.
             * @function decode
             * @memberof sterna.control.OutcomeReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sterna.control.OutcomeReply & sterna.control.OutcomeReply.$Shape} OutcomeReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OutcomeReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.sterna.control.OutcomeReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for OutcomeReply
             * @function getTypeUrl
             * @memberof sterna.control.OutcomeReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            OutcomeReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/sterna.control.OutcomeReply";
            };

            return OutcomeReply;
        })();

        return control;
    })();

    return sterna;
})();

export {
  $root as default
};
