// The same as gates, ports in another order.
module majority_gates(input c, b, a, output [1:0] count, output most);
  wire both = a & b, odd = a ^ b;
  assign most = both | (c & odd);
  assign count = {most, odd ^ c};
endmodule
