# A Slurm of two nodes of one core for tests, on loopback alone and with nothing outside one folder: its own munged and
# slurmctld, and a slurmd for each node, with keys, ports and state of their own.

# cluster_start FOLDER: begins it; SLURM_CONF then leads all commands to it.
cluster_start() {
    cluster=$1
    mkdir -p "$cluster"/{munge,state,spool-testnode1,spool-testnode2}
    chmod 700 "$cluster" "$cluster/munge"
    head -c 1024 /dev/urandom > "$cluster/munge/key"
    chmod 400 "$cluster/munge/key"
    munged --force --socket="$cluster/munge/socket" --key-file="$cluster/munge/key" --pid-file="$cluster/munge/pid" \
        --seed-file="$cluster/munge/seed" --log-file="$cluster/munge/log" || return 1
    cluster_conf > "$cluster/slurm.conf"
    export SLURM_CONF=$cluster/slurm.conf
    slurmctld -i 3>&- || return 1
    slurmd -N testnode1 3>&- || return 1
    slurmd -N testnode2 3>&- || return 1
    for _ in {1..50}; do
        [[ $(timeout 5 sinfo --noheader --format='%D %T' 2>&1) = '2 idle' ]] && return
        sleep 0.2
    done
    tail "$cluster"/*.log
    return 1
}

# Ports that are not Slurm's own: another one may run here.
cluster_conf() {
    cat << CONF
ClusterName=test
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmctldPort=26817
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool-%n
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd-%n.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
SchedulerType=sched/builtin
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$cluster/jobs.log
MaxArraySize=101
MinJobAge=300
KillWait=2
NodeName=testnode[1-2] NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=[26818-26819] CPUs=1 RealMemory=2000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

# Ends it, and whatever still runs in it.
cluster_stop() {
    local pid
    scancel --user=root 2> /dev/null
    for pid in "$cluster"/slurmd-*.pid "$cluster"/slurmctld.pid "$cluster"/munge/pid; do
        [ ! -e "$pid" ] || kill "$(cat "$pid")" 2> /dev/null
    done
    for _ in {1..50}; do
        cluster_runs || return 0
        sleep 0.1
    done
    for pid in "$cluster"/slurmd-*.pid "$cluster"/slurmctld.pid "$cluster"/munge/pid; do
        [ ! -e "$pid" ] || kill -KILL "$(cat "$pid")" 2> /dev/null
    done
    return 0
}

cluster_runs() {
    local pid
    for pid in "$cluster"/slurmd-*.pid "$cluster"/slurmctld.pid "$cluster"/munge/pid; do
        [ ! -e "$pid" ] || ! kill -0 "$(cat "$pid")" 2> /dev/null || return 0
    done
    return 1
}

# queue_empties [TRIES]: waits until no job is left, five tries a second.
queue_empties() {
    local i
    for ((i = 0; i < ${1:-600}; i++)); do
        [ -n "$(squeue --noheader)" ] || return 0
        sleep 0.2
    done
    squeue
    return 1
}

# job_states: ID[_ELEMENT] and state of every job that ended, sorted.
job_state() { # JOB[_ELEMENT]
    scontrol show job "$1" | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | sort -u
}
