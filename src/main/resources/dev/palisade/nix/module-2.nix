{
  config,
  lib,
  options,
  ...
}:

let
  # settings
  # From here on, every release of this renderer is the same. What is approved is declared; what the
  # whole configuration makes of it is told, by warnings and by /etc/hardening/profile.json.

  cfg = config.hardening;
  source = if release == null then "Palisade preview" else "Palisade release ${release}";

  # Above the defaults of NixOS, below a plain line of the host's own.
  preferred = lib.mkOverride 900;

  # The names in an option's key. One with dots stands in quotes.
  path =
    key:
    let
      name =
        match: if builtins.head match == null then builtins.elemAt match 1 else builtins.head match;
    in
    map name (builtins.filter builtins.isList (builtins.split "\"([^\"]*)\"|([^\".]+)" key));

  # Whether this nixpkgs has the option, or one that holds it.
  isKnown =
    key:
    let
      leads =
        at: names:
        lib.isOption at
        || (
          names != [ ]
          && at ? ${builtins.head names}
          && leads at.${builtins.head names} (builtins.tail names)
        );
    in
    leads options (path key);

  known = lib.filterAttrs (key: _: isKnown key);
  absent = builtins.filter (key: !isKnown key) (builtins.attrNames (settings // additions));

  declared =
    sysctls
    // known settings
    // known additions
    // kernelParams
    // lib.genAttrs blockedModules (_: true);

  # A value as JSON can hold it, without a hold on the store.
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

  # What an option comes to in the whole configuration, null where it has no value.
  found =
    key:
    let
      value = plain (lib.attrByPath (path key) null config);
      attempt = builtins.tryEval (builtins.deepSeq value value);
    in
    if attempt.success then attempt.value else null;

  # A sysctl as the kernel reads it: true is 1, and any white space separates.
  words =
    value:
    if builtins.isBool value then
      (if value then "1" else "0")
    else if value == null then
      null
    else
      builtins.filter (word: builtins.isString word && word != "") (
        builtins.split "[ \t\n]+" (toString value)
      );
  isSame = a: b: toString (words a) == toString (words b) && (a == null) == (b == null);

  written = name: plain (config.boot.kernel.sysctl.${name} or null);

  # What else of the host's reaches what a key with a * reaches: the keys of single interfaces.
  covered =
    key:
    let
      around = lib.splitString "*" key;
      isOne =
        name: lib.hasPrefix (builtins.head around) name && lib.hasSuffix (lib.last around) name;
    in
    if builtins.length around == 2 then
      builtins.filter isOne (builtins.attrNames config.boot.kernel.sysctl)
    else
      [ ];

  # Other names of a key, and single interfaces, that the host sets to something else.
  rivals =
    key:
    builtins.filter (
      name: !(sysctls ? ${name}) && written name != null && !isSame (written name) sysctls.${key}
    ) (aliases.${key} or [ ] ++ covered key);

  # Keys are written in the order of their names, and those with a * first: the last one decides.
  running =
    key:
    let
      later = builtins.filter (name: key < name || builtins.elem name (covered key)) (rivals key);
    in
    written (if later == [ ] then key else lib.last later);

  isLike =
    a: b: builtins.replaceStrings [ "-" ] [ "_" ] a == builtins.replaceStrings [ "-" ] [ "_" ] b;

  # The kernel takes the last one of a name.
  parameterName = word: builtins.head (lib.splitString "=" word);
  parameter =
    name:
    let
      isOne = word: isLike (parameterName word) name;
      given = builtins.filter isOne (plain config.boot.kernelParams);
      word = lib.last given;
    in
    if given == [ ] then
      null
    else if parameterName word == word then
      true
    else
      lib.removePrefix (parameterName word + "=") word;

  isBlocked = name: builtins.any (isLike name) (plain config.boot.blacklistedKernelModules);

  effective =
    builtins.mapAttrs (key: _: running key) sysctls
    // builtins.mapAttrs (key: _: if isKnown key then found key else null) (settings // additions)
    // builtins.mapAttrs (name: _: parameter name) kernelParams
    // lib.genAttrs blockedModules isBlocked;

  show = builtins.toJSON;
  has = value: if value == null then "leaves it unset" else "has ${show value}";

  # Which files of the host's configuration an option's value comes from.
  origin =
    names: isIt:
    let
      definitions = (lib.attrByPath names { } options).definitionsWithLocations or [ ];
      others = builtins.filter (it: toString it.file != source && isIt it.value) definitions;
      files = lib.unique (map (it: plain (toString it.file)) others);
    in
    lib.optionalString (files != [ ]) " (from ${builtins.concatStringsSep ", " files})";

  bare = value: if value ? _type && value ? content then bare value.content else value;
  sysctlOrigin =
    name:
    origin [ "boot" "kernel" "sysctl" ] (
      value: value ? ${name} && isSame (bare value.${name}) (written name)
    );

  # What the host's configuration makes of a setting instead, null where it is as approved.
  ofSysctl =
    key: value:
    let
      said = name: "${name} = ${show (written name)}${sysctlOrigin name}";
    in
    if rivals key != [ ] then
      "has ${builtins.concatStringsSep ", " (map said (rivals key))}"
    else if isSame (written key) value then
      null
    else
      has (written key) + sysctlOrigin key;

  ofSetting =
    key: value: if found key == value then null else has (found key) + origin (path key) (_: true);

  # sshd opens its own ports, and they are expected where it is on.
  ownPorts =
    if config.services.openssh.enable or false then config.services.openssh.ports or [ ] else [ ];

  ofAddition =
    key: value:
    let
      present = if found key == null then [ ] else found key;
      isThere =
        item:
        if builtins.isString present then
          builtins.replaceStrings [ item ] [ "" ] present != present
        else
          builtins.elem item present;
      missing = builtins.filter (item: !isThere item) (lib.toList value);
      ports = builtins.match "networking\\.firewall\\..*allowed(TCP|UDP)Port(s|Ranges)" key;
      expected = value ++ lib.optionals (lib.hasSuffix "TCPPorts" key) ownPorts;
      extra = lib.optionals (ports != null) (
        builtins.filter (port: !builtins.elem port expected) present
      );
      isExtra = builtins.any (port: builtins.elem port extra);
    in
    if missing != [ ] then
      "lacks ${show missing}${origin (path key) (_: true)}"
    else if extra != [ ] then
      "also opens ${show extra}${origin (path key) isExtra}"
    else
      null;

  ofParameter =
    name: value:
    let
      isOne = word: isLike (parameterName word) name;
    in
    if parameter name == value then
      null
    else
      has (parameter name) + origin [ "boot" "kernelParams" ] (builtins.any isOne);

  ofBlocked =
    name:
    if isBlocked name then
      null
    else
      "does not block it${origin [ "boot" "blacklistedKernelModules" ] (_: true)}";

  instead =
    builtins.mapAttrs ofSysctl sysctls
    // builtins.mapAttrs ofSetting (known settings)
    // builtins.mapAttrs ofAddition (known additions)
    // builtins.mapAttrs ofParameter kernelParams
    // lib.genAttrs blockedModules ofBlocked;

  overridden = builtins.filter (key: instead.${key} != null) (builtins.attrNames instead);
  isMandatory = key: builtins.elem key mandatory;
  unexplained = builtins.filter (key: !(isMandatory key || cfg.exceptions ? ${key})) overridden;
  unexplainedWarning =
    key:
    "Palisade: ${key} is approved as ${show declared.${key}}, but this configuration "
    + "${instead.${key}}. Take that out, or say why it has to be so: "
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
      description = "Whether to declare what the release says. Without it, the portal is told so.";
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
      description = "Why this host overrides settings, by key. Explains, and lifts nothing.";
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
          known settings
        )
        ++ lib.mapAttrsToList (key: value: lib.setAttrByPath (path key) value) (
          lib.filterAttrs (_: value: value != [ ]) (known additions)
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
        assertion = !cfg.enable || instead.${key} == null;
        message =
          "Palisade: ${key} must be ${show declared.${key}}, but this configuration "
          + "${toString instead.${key}}. It is mandatory: take out what sets it. "
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
