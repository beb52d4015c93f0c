# A stand-in for the module system of NixOS, written for these tests, because nixpkgs is not there to be evaluated.
#
# Covers: imports, functions and plain sets, options declared once, mkIf, mkMerge and mkOverride at every level and inside
# attrsOf, priorities, merging by type, options that hold others (attrsOf, submodule, a freeform submodule), defaults,
# apply, arguments from _module.args, definitionsWithLocations, the errors for an unknown option, for two declarations of one, for two
# values of one priority and for a missing value, and the infinite recursion that follows when a module makes the names of
# what it defines depend on the configuration.
#
# Does not cover: options declared in parts by several modules, mkOrder, mkBefore and mkAfter, disabledModules,
# specialArgs, keys by which a module imported twice counts once, renamed and removed options, types beyond those
# below, option documentation, and everything that NixOS itself does with the values: nixos.nix beside this file
# imitates a few options of it and how some of its modules set them.
let
  inherit (builtins)
    attrNames
    concatLists
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    head
    isAttrs
    isFunction
    isList
    length
    listToAttrs
    mapAttrs
    substring
    stringLength
    tail
    ;

  lib = rec {
    isType = type: value: (value._type or "") == type;
    isOption = isType "option";
    mkIf = condition: content: {
      _type = "if";
      inherit condition content;
    };
    mkMerge = contents: {
      _type = "merge";
      inherit contents;
    };
    mkOverride = priority: content: {
      _type = "override";
      inherit priority content;
    };
    mkForce = mkOverride 50;
    mkDefault = mkOverride 1000;
    mkOptionDefault = mkOverride 1500;
    mkOption = option: option // { _type = "option"; };

    genAttrs =
      names: value:
      listToAttrs (
        map (name: {
          inherit name;
          value = value name;
        }) names
      );
    filterAttrs =
      isWanted: set:
      removeAttrs set (filter (name: !isWanted name set.${name}) (attrNames set));
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    optionalAttrs = condition: set: if condition then set else { };
    optionals = condition: list: if condition then list else [ ];
    optionalString = condition: text: if condition then text else "";
    attrByPath =
      names: default: set:
      if names == [ ] then
        set
      else if set ? ${head names} then
        attrByPath (tail names) default set.${head names}
      else
        default;
    setAttrByPath =
      names: value:
      if names == [ ] then value else { ${head names} = setAttrByPath (tail names) value; };
    last = list: elemAt list (length list - 1);
    unique = foldl' (seen: item: if elem item seen then seen else seen ++ [ item ]) [ ];
    take = count: list: if count <= 0 || list == [ ] then [ ] else [ (head list) ] ++ take (count - 1) (tail list);
    toList = value: if isList value then value else [ value ];
    hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
    hasSuffix =
      suffix: text:
      stringLength text >= stringLength suffix
      && substring (stringLength text - stringLength suffix) (-1) text == suffix;
    removePrefix =
      prefix: text:
      if hasPrefix prefix text then substring (stringLength prefix) (-1) text else text;
    splitString =
      separator: text:
      filter builtins.isString (
        builtins.split (
          builtins.replaceStrings [ "*" "." "$" ] [ "\\*" "\\." "\\$" ] separator
        ) text
      );
    inherit types;
  };

  show = concatStringsSep ".";

  # One value out of definitions of one priority.
  one =
    loc: definitions:
    if length definitions == 1 then
      (head definitions).value
    else
      throw "The option `${show loc}' is defined multiple times: ${toString (map (it: toString it.file) definitions)}";

  # As one does, but that equal values do not quarrel.
  equal =
    loc: definitions:
    foldl' (
      before: it:
      if before == it.value then
        before
      else
        throw "The option `${show loc}' has conflicting definition values: ${toString (map (it: toString it.file) definitions)}"
    ) (head definitions).value (tail definitions);

  checked = name: check: merge: {
    inherit check name;
    merge =
      loc: definitions:
      let
        wrong = filter (it: !check it.value) definitions;
      in
      if wrong == [ ] then
        merge loc definitions
      else
        throw "A definition for option `${show loc}' is not of type `${name}': ${toString (head wrong).file}";
  };

  types = rec {
    anything = checked "anything" (_: true) one;
    bool = checked "boolean" builtins.isBool equal;
    int = checked "signed integer" builtins.isInt equal;
    port = checked "16 bit unsigned integer" (value: builtins.isInt value && value >= 0 && value < 65536) equal;
    str = checked "string" builtins.isString equal;
    nonEmptyStr = checked "non-empty string" (
      value: builtins.isString value && builtins.match "[ \t\n]*" value == null
    ) equal;
    lines = checked "strings concatenated with \"\\n\"" builtins.isString (
      _: definitions: concatStringsSep "\n" (map (it: it.value) definitions)
    );
    nullOr = element: {
      name = "null or ${element.name}";
      check = value: value == null || element.check value;
      merge =
        loc: definitions:
        if builtins.all (it: it.value == null) definitions then null else element.merge loc definitions;
    };
    either = one: other: {
      name = "${one.name} or ${other.name}";
      check = value: one.check value || other.check value;
      merge =
        loc: definitions:
        (if builtins.all (it: one.check it.value) definitions then one else other).merge loc definitions;
    };
    # Strings of several modules, joined by a space.
    separated = checked "strings concatenated with spaces" builtins.isString (
      _: definitions: concatStringsSep " " (map (it: it.value) definitions)
    );
    # What a line of sshd_config holds.
    atom = checked "null, boolean, integer or string" (
      value: value == null || builtins.isBool value || builtins.isInt value || builtins.isString value
    ) equal;
    enum = values: checked "one of ${builtins.toJSON values}" (value: elem value values) equal;
    # What boot.kernel.sysctl takes; not even equal values go together.
    sysctl = checked "sysctl option value" (
      value: builtins.isBool value || builtins.isString value || builtins.isInt value || value == null
    ) one;
    listOf =
      element:
      checked "list" isList (
        loc: definitions:
        concatLists (
          map (
            it: map (item: element.merge loc [ { inherit (it) file; value = item; } ]) it.value
          ) definitions
        )
      );
    attrsOf =
      element:
      checked "attribute set" isAttrs (
        loc: definitions:
        let
          of = name: {
            inherit name;
            value = settle (concatMap (
              it:
              if it.value ? ${name} then
                [
                  {
                    inherit (it) file;
                    value = it.value.${name};
                  }
                ]
              else
                [ ]
            ) definitions);
          };
          names = attrNames (foldl' (all: it: all // it.value) { } definitions);
          there = filter (it: it.value != [ ]) (map of names);
        in
        listToAttrs (map (it: it // { value = element.merge (loc ++ [ it.name ]) it.value; }) there)
      );
    submodule = module: submoduleWith module null;
    # rest is the type of what the module does not declare, or null.
    submoduleWith =
      module: rest:
      checked "submodule" isAttrs (
        loc: definitions:
        (tree loc rest
          [
            {
              file = "submodule";
              inherit (module) options;
            }
          ]
          (
            map (it: {
              inherit (it) file;
              config = it.value;
            }) definitions
          )
        ).config
      );
  };

  # Definitions without their conditions.
  discharge =
    definition:
    let
      value = definition.value;
      content = definition // { value = value.content; };
    in
    if lib.isType "merge" value then
      concatMap (each: discharge (definition // { value = each; })) value.contents
    else if lib.isType "if" value then
      (if value.condition then discharge content else [ ])
    else
      [ definition ];

  # Those of the strongest priority.
  settle =
    definitions:
    let
      all = concatMap discharge definitions;
      priority = it: if lib.isType "override" it.value then it.value.priority else 100;
      strongest = foldl' (least: it: if priority it < least then priority it else least) 9999 all;
      strip = it: if lib.isType "override" it.value then it // { value = it.value.content; } else it;
    in
    map strip (filter (it: priority it == strongest) all);

  # A set under conditions, as sets of values under conditions.
  pushDown =
    config:
    if lib.isType "merge" config then
      concatMap pushDown config.contents
    else if lib.isType "if" config then
      map (mapAttrs (_: lib.mkIf config.condition)) (pushDown config.content)
    else if lib.isType "override" config then
      map (mapAttrs (_: lib.mkOverride config.priority)) (pushDown config.content)
    else
      [ config ];

  evaluated =
    loc: declaration: definitions:
    let
      default =
        if declaration ? default then
          [
            {
              file = "default";
              value = lib.mkOptionDefault declaration.default;
            }
          ]
        else
          [ ];
      settled = settle (definitions ++ default);
      merged = declaration.type.merge loc settled;
      apply = declaration.apply or (value: value);
    in
    declaration
    // {
      inherit loc;
      isDefined = settled != [ ];
      definitionsWithLocations = settled;
      files = map (it: it.file) settled;
      value =
        if settled == [ ] then
          throw "The option `${show loc}' is used but not defined."
        else
          apply merged;
    };

  # What declarations { file, options } and definitions { file, config } come to together. Names are those of the
  # declarations, so that nobody has to look at a definition to know which options there are.
  tree =
    loc: rest: declarations: definitions:
    let
      pushed = concatMap (
        it:
        map (config: {
          inherit (it) file;
          inherit config;
        }) (pushDown it.config)
      ) definitions;
      declared = foldl' (all: it: all // it.options) { } declarations;
      defined = foldl' (all: it: all // it.config) { } pushed;
      of =
        name:
        let
          at = loc ++ [ name ];
          declaring = map (it: {
            inherit (it) file;
            options = it.options.${name};
          }) (filter (it: it.options ? ${name}) declarations);
          defining = map (it: {
            inherit (it) file;
            config = it.config.${name};
          }) (filter (it: it.config ? ${name}) pushed);
          option = evaluated at (head declaring).options (
            map (it: {
              inherit (it) file;
              value = it.config;
            }) defining
          );
          files = map (it: toString it.file) declaring;
        in
        if filter (it: lib.isOption it.options) declaring == [ ] then
          tree at null declaring defining
        else if length declaring > 1 then
          throw "The option `${show at}' in `${elemAt files 1}' is already declared in `${head files}'."
        else
          {
            options = option;
            config = option.value;
            unknown = [ ];
          };
      results = mapAttrs (name: _: of name) declared;
      others = filter (name: !(declared ? ${name})) (attrNames defined);
      freely = (types.attrsOf rest).merge loc (
        map (it: {
          inherit (it) file;
          value = removeAttrs it.config (attrNames declared);
        }) pushed
      );
    in
    {
      options = mapAttrs (_: it: it.options) results;
      config = mapAttrs (_: it: it.config) results // lib.optionalAttrs (rest != null) freely;
      unknown =
        (if rest == null then map (name: show (loc ++ [ name ])) others else [ ])
        ++ concatMap (it: it.unknown) (builtins.attrValues results);
    };

  load =
    arguments: file: module:
    let
      isFile = builtins.isPath module || builtins.isString module;
      text = if isFile then import module else module;
      # As in NixOS, an argument without a standard value comes from _module.args, lazily.
      named = mapAttrs (argument: _: arguments.config._module.args.${argument}) (
        removeAttrs (builtins.functionArgs text) (attrNames arguments)
      );
      called = if isFunction text then text (named // arguments) else text;
      name = called._file or (if isFile then module else file);
      isFull = called ? config || called ? options;
      own = [
        "_file"
        "config"
        "imports"
        "options"
      ];
      strange = filter (it: !elem it own) (attrNames called);
    in
    if isFull && strange != [ ] then
      throw "Module `${toString name}' has an unsupported attribute `${head strange}'."
    else
      concatMap (load arguments name) (called.imports or [ ])
      ++ [
        {
          file = name;
          options = called.options or { };
          config = if isFull then called.config or { } else removeAttrs called own;
        }
      ];
in
{
  inherit lib;

  evalModules =
    modules:
    let
      arguments = {
        inherit (result) options;
        config = result.unchecked;
        inherit lib;
        pkgs = { };
      };
      result =
        let
          loaded = concatMap (load arguments "a module of the host") modules;
          all = tree [ ] null loaded loaded;
        in
        {
          inherit (all) options;
          # What modules see: without the check for unknown names, which looks at every declaration.
          unchecked = all.config;
          config =
            if all.unknown == [ ] then
              all.config
            else
              throw "The option `${head all.unknown}' does not exist.";
        };
    in
    result;
}
