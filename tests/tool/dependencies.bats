# rules/install-dependencies.sh without root: lists by kind, and the command for an administrator.

setup() {
    cd "$BATS_TEST_TMPDIR"
    mkdir fake
    # Debian's dpkg-query, as if libyaml-dev and bats were missing; nobody is root; apt-get must not run
    cat > fake/dpkg-query <<'END'
#!/bin/sh
case " $* " in *" libyaml-dev "* | *" bats "*) exit 1 ;; esac
printf 'install ok installed'
END
    printf '#!/bin/sh\necho 1000\n' > fake/id
    printf '#!/bin/sh\nexit 1\n' > fake/sudo
    printf '#!/bin/sh\ntouch ran\n' > fake/apt-get
    chmod +x fake/*
    rules=$BATS_TEST_DIRNAME/../../rules
}

install() {
    PATH=$PWD/fake:$PATH run "$rules/install-dependencies.sh" "$@" < /dev/null
    [ ! -e ran ]
}

@test "without root what is missing is told list by list, with one command" {
    install "$rules/dependencies.txt" "$rules/dependencies-test.txt"
    [ "$status" = 1 ]
    [[ ${lines[0]} == *"dependencies.txt: libyaml-dev" ]]
    [[ ${lines[1]} == *"dependencies-test.txt: bats" ]]
    [[ ${lines[2]} == *"apt-get install --no-install-recommends libyaml-dev bats" ]]
    [ ${#lines[@]} = 3 ]
}

@test "who only builds and runs is not asked for what tests need" {
    install "$rules/dependencies.txt"
    [[ $output != *bats* ]]
}

@test "a list installs nothing, and says when nothing is missing" {
    printf 'gcc\nmake\n' > some
    install --list some
    [ "$status" = 0 ]
    [[ $output == *"nothing is missing"* ]]
    install --list "$rules/dependencies.txt"
    [ "$status" = 1 ]
}

@test "nothing missing: not a word" {
    printf '# words\ngcc make\n' > some
    install some
    [ "$status" = 0 ]
    [ -z "$output" ]
}
