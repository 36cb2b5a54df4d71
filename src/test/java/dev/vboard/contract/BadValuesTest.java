package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * Issue 2, bad input: values of the right form that no board of this kind has or can take. Each is
 * told where it stands, and nothing has changed then.
 */
class BadValuesTest extends ContractTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/interrupts | {'intid':3,'cpu':0} | /intid",
                "/interrupts | {'intid':23} | /cpu",
                "/interrupts | {'intid':23,'cpu':4} | /cpu",
                "/interrupts | {'intid':53,'cpu':1} | /cpu",
                "/interrupts | {'intid':53,'device':'rtc'} | ''",
                "/interrupts | {} | ''",
                "/interrupts | {'intid':53,'at':5} | /at",
                "/interrupts | {'intid':53,'at':'+9223372036854775807ns'} | /at",
                "/cpus/1/psci | {'function':'CPU_OM'} | /function",
                "/cpus/1/psci | {'function':'CPU_ON','functionId':'0xc4000003'} | ''",
                "/cpus/1/psci | {} | ''",
                "/cpus/1/sysreg | {'register':'CNTV_CTL_EL9'} | /register",
                "/cpus/1/sgi | {'intid':3,'targets':[0,9]} | /targets/1",
                "/domains | {'name':'x','devices':['rtc','uart9']} | /devices/1",
                "/domains | {'name':'x','pin':{'0':[9]}} | /pin/0/0",
                "/domains | {'name':'x','pin':{'3':[1]}} | /pin/3",
                "/domains | {'name':'x','vcpus':128} | /vcpus",
                "/domains | {'name':'x','interrupts':[{'intid':20}]} | /interrupts/0/intid",
                "/domains | {'name':'x','interrupts':[{'intid':84,'vcpu':1}]} | /interrupts/0/vcpu",
                "/domains/1/vcpus/0/psci | {'function':'SYSTEM_SUSPENT'} | /function",
                "/domains/1/vcpus/0/hypercall | {'op':'SCHEDOP_shutdwn'} | /op",
                "/domains/1/vcpus/0/sysreg | {'register':'NONE_EL1'} | /register",
                "/devices/rtc/input | {} | ''",
                "/faults | {'kind':'cpu-never-start','cpu':1} | /kind",
                "/faults | {'kind':'cpu-never-starts'} | /cpu",
                "/faults | {'kind':'cpu-never-starts','cpu':9} | /cpu",
                "/faults | {'kind':'cpu-never-starts','cpu':1,'delay':'1ms'} | /delay",
                "/faults | {'kind':'cpu-identity','cpu':1} | /paBits",
                "/faults | {'kind':'cpu-identity','cpu':1,'paBits':41} | /paBits",
                "/faults | {'kind':'cpu-identity','cpu':1,'midr':0} | /midr",
                "/faults | {'kind':'cpu-identity','cpu':1,'dcacheLine':48} | /dcacheLine",
                "/faults | {'kind':'psci-result','function':'CPU_OF','result':-3} | /function",
                "/faults | {'kind':'psci-result','function':'CPU_OFF'} | /result",
                "/faults | {'kind':'step-fails','error':-16} | /step",
                "/faults | {'kind':'step-fails','step':'gic-suspends','error':-16} | /step",
                "/faults | {'kind':'step-fails','step':'console-sync','error':-16} | /step",
                "/faults | {'kind':'step-fails','step':'gic-suspend'} | /error",
                "/faults | {'kind':'step-fails','step':'thaw','cpu':1,'error':-5} | /cpu",
                "/faults | {'kind':'console-hook-fails'} | /error",
                "/faults | {'kind':'cpu-off-slow','cpu':1} | /delay",
                "/faults | {'kind':'cpu-stalls','delay':'1s'} | /cpu",
                "/faults | {'kind':'cpu-stalls','cpu':1,'delay':'1s','intid':58} | /intid",
                "/faults | {'kind':'smmu-sync-timeout','unit':256} | /unit",
                "/faults | {'kind':'edge-lost','intid':27} | /intid",
                "/faults | {'kind':'edge-lost','intid':58,'times':0} | /times",
                "/devices/rtc/input | {'alarm':1,'level':true} | ''",
                "/devices/rtc/input | {'byte':1} | /byte"
            })
    void isPointedAt(String call, String body, String pointer) {
        set(Scene.guest());
        Attempt attempt =
                new Attempt("POST", BOARDS + "/b-1" + call, body.replace('\'', '"'), List.of());
        JsonNode problem = refused(422, attempt);
        assertThat(pointers(problem)).describedAs(problem.toString()).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/domains/1/vcpus/0/affinity | {'affinity':[1,9]} | /affinity/1",
                "/domains/1/vcpus/0/interrupts/132 | {'targets':[7]} | /targets/0",
                "/domains/1/vcpus/0/interrupts/27 | {'trigger':'edge'} | /trigger",
                "/devices/gem0/owner | {'domain':9} | /domain",
                "/hazards | ['HZ-01','HZ-99'] | /1"
            })
    void isPointedAtInAPut(String call, String body, String pointer) {
        set(Scene.guest());
        Attempt attempt =
                new Attempt("PUT", BOARDS + "/b-1" + call, body.replace('\'', '"'), List.of());
        JsonNode problem = refused(422, attempt);
        assertThat(pointers(problem)).describedAs(problem.toString()).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /reset?settle=maybe, ?settle",
        "POST, /reset?settle, ?settle",
        "POST, /cpus/1/wfi?settle=1, ?settle",
        "GET, /cpus?limit=0, ?limit",
        "GET, /cpus?limit=1001, ?limit",
        "GET, /cpus?cursor=zzz, ?cursor",
        "GET, /gic/interrupts?cpu=9, ?cpu",
        "GET, /gic/interrupts?cpu=-1, ?cpu",
        "GET, /gic/interrupts?state=asleep, ?state",
        "GET, /gic/interrupts?all=yes, ?all",
        "GET, /gic/interrupts/27, ?cpu",
        "GET, /gic/interrupts/27?cpu=9, ?cpu",
        "GET, /events?after=-1, ?after",
        "GET, /events?after=18446744073709551616, ?after",
        "GET, /events?type=cpu-onn, ?type",
        "GET, /clock?clock=1, ?clock"
    })
    void isPointedAtInAQuery(String method, String call, String pointer) {
        set(Scene.bare());
        JsonNode problem = refused(422, new Attempt(method, BOARDS + "/b-1" + call, "", List.of()));
        assertThat(pointers(problem)).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/interrupts | {'intid':27,'cpu':1} | line-driven",
                "/cpus/0/offline | '' | boot-cpu",
                "/cpus/1/psci | {'function':'CPU_OFF'} | owned-by-xen",
                "/cpus/1/wfi | '' | owned-by-xen",
                "/domains | {'name':'guest'} | domain-exists",
                "/domains | {'name':'x','interrupts':[{'intid':132}]} | interrupt-in-use",
                "/domains | {'name':'x','devices':['uart1']} | device-in-use",
                "/domains/0/pause | '' | domain-on-itself",
                "/domains/1/pause | {'by':1} | no-control-domain",
                "/domains/1/unpause | '' | xl-refused",
                "/domains/1/suspend | '' | guest-does-not-listen",
                "/devices/rtc/dma | {'address':'0x0'} | no-dma"
            })
    void isInConflict(String call, String body, String code) {
        set(Scene.guest());
        Attempt attempt =
                new Attempt("POST", BOARDS + "/b-1" + call, body.replace('\'', '"'), List.of());
        assertThat(refused(409, attempt).path("code").asString()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'intid':1020}", "{'intid':5000}", "{'intid':16777215}", "{'device':'uart9'}"
            })
    void isALineThatTheBoardDoesNotHave(String body) {
        set(Scene.guest());
        refused(
                404,
                new Attempt(
                        "POST", BOARDS + "/b-1/interrupts", body.replace('\'', '"'), List.of()));
    }
}
