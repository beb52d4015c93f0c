{
  config,
  lib,
  options,
  ...
}:

let
  # settings
  # The rest of this file is the same in every release of this renderer. It declares the approved
  # settings, compares them with the whole configuration of the host, and reports the result by
  # warnings and in /etc/hardening/profile.json.

  cfg = config.hardening;
  source = if release == null then "Palisade preview" else "Palisade release ${release}";

  # Stronger than the defaults of NixOS, weaker than a plain line in the host's configuration.
  preferred = lib.mkOverride 900;

  # The attribute names of a key. A name that contains dots is quoted in the key.
  path =
    key:
    let
      name =
        match: if builtins.head match == null then builtins.elemAt match 1 else builtins.head match;
    in
    map name (builtins.filter builtins.isList (builtins.split "\"([^\"]*)\"|([^\".]+)" key));

  # Whether this nixpkgs has the option to which a key belongs. Only attribute names are tested, down
  # to the option and not into it: which attributes this module defines must not depend on the value
  # of a declaration, because a declaration may itself need the whole configuration.
  hasOption =
    key:
    let
      names = path key;
      depth = optionDepths.${key} or (builtins.length names);
      hasNames =
        set: remaining:
        remaining == [ ]
        || (
          set ? ${builtins.head remaining}
          && hasNames set.${builtins.head remaining} (builtins.tail remaining)
        );
    in
    hasNames options (lib.take depth names);

  present = lib.filterAttrs (key: _: hasOption key);
  absent = builtins.filter (key: !hasOption key) (builtins.attrNames (settings // additions));

  declared =
    sysctls
    // present settings
    // present additions
    // kernelParams
    // lib.genAttrs blockedModules (_: true);

  # A value that JSON can represent, without references to the Nix store.
  plain =
    value:
    if builtins.isString value then
      builtins.unsafeDiscardStringContext value
    else if builtins.isList value then
      map plain value
    else if builtins.isFunction value then
      "a function"
    else if builtins.isPath value || value ? outPath then
      builtins.unsafeDiscardStringContext (toString value)
    else if builtins.isAttrs value then
      builtins.mapAttrs (_: plain) value
    else
      value;

  # The value of an option in the whole configuration; null if it has none.
  optionValue =
    key:
    let
      value = plain (lib.attrByPath (path key) null config);
      attempt = builtins.tryEval (builtins.deepSeq value value);
    in
    if attempt.success then attempt.value else null;

  # A sysctl value as the kernel reads it: true is 1, and words are separated by white space.
  sysctlWords =
    value:
    if builtins.isBool value then
      (if value then "1" else "0")
    else if value == null then
      null
    else
      builtins.filter (word: builtins.isString word && word != "") (
        builtins.split "[ \t\n]+" (toString value)
      );
  isSame = a: b: toString (sysctlWords a) == toString (sysctlWords b) && (a == null) == (b == null);

  configuredSysctl = name: plain (config.boot.kernel.sysctl.${name} or null);

  # The configured keys of single interfaces that a key with a * also matches.
  interfaceKeys =
    key:
    let
      around = lib.splitString "*" key;
      isMatch =
        name: lib.hasPrefix (builtins.head around) name && lib.hasSuffix (lib.last around) name;
    in
    if builtins.length around == 2 then
      builtins.filter isMatch (builtins.attrNames config.boot.kernel.sysctl)
    else
      [ ];

  # Aliases of a key, and keys of single interfaces, that the host sets to a different value.
  conflictingKeys =
    key:
    builtins.filter (
      name:
      !(sysctls ? ${name})
      && configuredSysctl name != null
      && !isSame (configuredSysctl name) sysctls.${key}
    ) (aliases.${key} or [ ] ++ interfaceKeys key);

  # The value that the kernel ends up with. Keys are applied in the order of their names, keys with
  # a * first, and the last assignment wins.
  effectiveSysctl =
    key:
    let
      later = builtins.filter (name: key < name || builtins.elem name (interfaceKeys key)) (
        conflictingKeys key
      );
    in
    configuredSysctl (if later == [ ] then key else lib.last later);

  isLike =
    a: b: builtins.replaceStrings [ "-" ] [ "_" ] a == builtins.replaceStrings [ "-" ] [ "_" ] b;

  # The kernel uses the last parameter of a name.
  parameterName = word: builtins.head (lib.splitString "=" word);
  parameter =
    name:
    let
      isMatch = word: isLike (parameterName word) name;
      matches = builtins.filter isMatch (plain config.boot.kernelParams);
      word = lib.last matches;
    in
    if matches == [ ] then
      null
    else if parameterName word == word then
      true
    else
      lib.removePrefix (parameterName word + "=") word;

  isBlocked = name: builtins.any (isLike name) (plain config.boot.blacklistedKernelModules);

  effective =
    builtins.mapAttrs (key: _: effectiveSysctl key) sysctls
    // builtins.mapAttrs (key: _: if hasOption key then optionValue key else null) (
      settings // additions
    )
    // builtins.mapAttrs (name: _: parameter name) kernelParams
    // lib.genAttrs blockedModules isBlocked;

  show = builtins.toJSON;
  has = value: if value == null then "leaves it unset" else "has ${show value}";

  # The files of the host's configuration that define an option's value.
  origin =
    names: isRelevant:
    let
      definitions = (lib.attrByPath names { } options).definitionsWithLocations or [ ];
      others = builtins.filter (it: toString it.file != source && isRelevant it.value) definitions;
      files = lib.unique (map (it: plain (toString it.file)) others);
    in
    lib.optionalString (files != [ ]) " (from ${builtins.concatStringsSep ", " files})";

  bare = value: if value ? _type && value ? content then bare value.content else value;
  sysctlOrigin =
    name:
    origin [ "boot" "kernel" "sysctl" ] (
      value: value ? ${name} && isSame (bare value.${name}) (configuredSysctl name)
    );

  # How the host's configuration deviates from an approved setting; null where it does not.
  sysctlDeviation =
    key: value:
    let
      describe = name: "${name} = ${show (configuredSysctl name)}${sysctlOrigin name}";
    in
    if conflictingKeys key != [ ] then
      "has ${builtins.concatStringsSep ", " (map describe (conflictingKeys key))}"
    else if isSame (configuredSysctl key) value then
      null
    else
      has (configuredSysctl key) + sysctlOrigin key;

  settingDeviation =
    key: value:
    if optionValue key == value then
      null
    else
      has (optionValue key) + origin (path key) (_: true);

  # An enabled sshd opens its own ports, so these are expected.
  ownPorts =
    if config.services.openssh.enable or false then config.services.openssh.ports or [ ] else [ ];

  additionDeviation =
    key: value:
    let
      actual = if optionValue key == null then [ ] else optionValue key;
      # An element may be a set, to which NixOS adds the members that nobody gave.
      stated = item: if builtins.isAttrs item then lib.filterAttrs (_: v: v != null) item else item;
      isThere =
        item:
        if builtins.isString actual then
          builtins.replaceStrings [ item ] [ "" ] actual != actual
        else
          builtins.elem item (map stated actual);
      missing = builtins.filter (item: !isThere item) (lib.toList value);
      ports = builtins.match "networking\\.firewall\\..*allowed(TCP|UDP)Port(s|Ranges)" key;
      expected = value ++ lib.optionals (lib.hasSuffix "TCPPorts" key) ownPorts;
      extra = lib.optionals (ports != null) (
        builtins.filter (port: !builtins.elem port expected) actual
      );
      isExtra = builtins.any (port: builtins.elem port extra);
    in
    if missing != [ ] then
      "lacks ${show missing}${origin (path key) (_: true)}"
    else if extra != [ ] then
      "also opens ${show extra}${origin (path key) isExtra}"
    else
      null;

  parameterDeviation =
    name: value:
    let
      isMatch = word: isLike (parameterName word) name;
    in
    if parameter name == value then
      null
    else
      has (parameter name) + origin [ "boot" "kernelParams" ] (builtins.any isMatch);

  blockedModuleDeviation =
    name:
    if isBlocked name then
      null
    else
      "does not block it${origin [ "boot" "blacklistedKernelModules" ] (_: true)}";

  deviations =
    builtins.mapAttrs sysctlDeviation sysctls
    // builtins.mapAttrs settingDeviation (present settings)
    // builtins.mapAttrs additionDeviation (present additions)
    // builtins.mapAttrs parameterDeviation kernelParams
    // lib.genAttrs blockedModules blockedModuleDeviation;

  overridden = builtins.filter (key: deviations.${key} != null) (builtins.attrNames deviations);
  isMandatory = key: builtins.elem key mandatory;
  unexplained = builtins.filter (key: !(isMandatory key || cfg.exceptions ? ${key})) overridden;
  unexplainedWarning =
    key:
    "Palisade: ${key} is approved as ${show declared.${key}}, but this configuration "
    + "${deviations.${key}}. Take that out, or say why it has to be so: "
    + "${exceptionFor key}.reason = \"...\";";
  exceptionFor =
    key: "hardening.exceptions.${builtins.replaceStrings [ "$" ] [ "\\$" ] (show key)}";
in
{
  _file = source;

  options.hardening = {
    enable = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether to declare the settings of the release. profile.json reports it.";
    };

    exceptions = lib.mkOption {
      type = lib.types.attrsOf (
        lib.types.submodule {
          options.reason = lib.mkOption {
            type = lib.types.nonEmptyStr;
            description = "Why this host has to differ.";
          };
        }
      );
      default = { };
      description = "Why this host overrides settings, by key. An exception lifts no requirement.";
    };
  };

  config = lib.mkMerge [
    (lib.mkIf cfg.enable (
      lib.mkMerge (
        [
          (lib.optionalAttrs (sysctls != { }) {
            boot.kernel.sysctl = builtins.mapAttrs (_: preferred) sysctls;
          })
          (lib.optionalAttrs (kernelParams != { }) {
            boot.kernelParams = lib.mapAttrsToList (
              name: value: if value == true then name else "${name}=${value}"
            ) kernelParams;
          })
          (lib.optionalAttrs (blockedModules != [ ]) {
            boot.blacklistedKernelModules = blockedModules;
          })
          (lib.optionalAttrs (kernelModules != [ ]) { boot.kernelModules = kernelModules; })
        ]
        ++ lib.mapAttrsToList (key: value: lib.setAttrByPath (path key) (preferred value)) (
          present settings
        )
        ++ lib.mapAttrsToList (key: value: lib.setAttrByPath (path key) value) (
          lib.filterAttrs (_: value: value != [ ]) (present additions)
        )
      )
    ))
    {
      warnings =
        if cfg.enable then
          map unexplainedWarning unexplained
          ++ map (key: "Palisade: ${key} is mandatory, but this nixpkgs has no such option.") (
            builtins.filter isMandatory absent
          )
          ++ map (key: "Palisade: ${exceptionFor key} explains no setting of the release.") (
            builtins.filter (key: !(effective ? ${key})) (builtins.attrNames cfg.exceptions)
          )
        else
          [ "Palisade: hardening.enable is false, so nothing of the release is declared." ];

      assertions = map (key: {
        assertion = !cfg.enable || deviations.${key} == null;
        message =
          "Palisade: ${key} must be ${show declared.${key}}, but this configuration "
          + "${toString deviations.${key}}. It is mandatory: take out what sets it. "
          + "An exception explains, and does not lift it.";
      }) (builtins.filter (key: declared ? ${key}) mandatory);

      environment.etc."hardening/profile.json".text = builtins.toJSON {
        schema = "palisade.profile/1";
        inherit
          absent
          effective
          mandatory
          profiles
          release
          ;
        enabled = cfg.enable;
        declared = if cfg.enable then declared else { };
        overridden = if cfg.enable then overridden else [ ];
        exceptions = builtins.mapAttrs (_: it: { inherit (it) reason; }) cfg.exceptions;
      };
    }
  ];
}
